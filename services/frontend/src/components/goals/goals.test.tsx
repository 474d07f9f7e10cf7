// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import ContributionsDialog from "@/components/goals/contributions-dialog";
import { readContribution } from "@/components/goals/contribute-dialog";
import { paceText, planText } from "@/components/goals/plan";
import { Ring } from "@/components/goals/ring";
import { english, renderEnglish, urdu } from "@/test/languages";
import { goal, usd } from "@/test/rows";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));

describe("the plan for a goal", () => {
  const dated = goal({ state: "behind", target_date: "2027-06-01", needed_per_month: usd("93.75") });

  it("says what to save each month", () => {
    expect(planText(english, dated)).toBe("Save $93.75 a month to make it by Jun 1, 2027.");
    expect(planText(urdu, dated)).toMatch(/۹۳٫۷۵/);
  });

  it("asks for a date, or for a new one", () => {
    expect(planText(english, goal())).toContain("Set a date");
    expect(planText(english, { ...dated, state: "overdue", missing: usd("750.00") })).toContain("$750.00 is still missing");
  });

  it("tells where the present pace leads", () => {
    expect(paceText(english, goal({ per_month: usd("50.00"), projected_date: "2028-01-02" }))).toContain("you are there on Jan 2, 2028");
    expect(paceText(english, goal({ per_month: usd("0.01") }))).toContain("longer than a lifetime");
    expect(paceText(english, goal({ per_month: usd("-5.00") }))).toContain("Nothing was put aside");
    expect(paceText(english, goal({ state: "reached" }))).toBeUndefined();
  });
});

describe("the ring", () => {
  it("never says that all is there before it is", () => {
    expect(renderEnglish(<Ring goal={goal({ percent: "99.9" })} />).container.textContent).toBe("99%");
  });
});

describe("noting money", () => {
  function read(values: Record<string, string>) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ date: "2026-11-24", note: "", ...values })) form.set(name, value);
    return readContribution(form);
  }

  it("takes money out with a minus, and leaves what it can't read to the API", () => {
    expect(read({ amount: "۱٬۲۰۰", way: "in" })).toEqual({ amount: "1200", date: "2026-11-24", note: null });
    expect(read({ amount: "1,200.50", way: "out" })).toMatchObject({ amount: "-1200.50" });
    expect(read({ amount: "12,5", way: "out" })).toMatchObject({ amount: "12,5" });
  });
});

describe("the history", () => {
  const fetchApi = vi.fn<typeof fetch>();
  const contribution = { id: "n1", date: "2026-11-24", amount: usd("20.00"), note: null };

  beforeEach(() => {
    HTMLDialogElement.prototype.showModal = vi.fn();
    HTMLDialogElement.prototype.close = vi.fn();
    fetchApi.mockReset();
    refresh.mockReset();
    vi.stubGlobal("fetch", fetchApi);
    fetchApi.mockResolvedValueOnce(Response.json({ items: [contribution], next_cursor: null }));
    renderEnglish(<ContributionsDialog id="g1" name="Car" onClose={vi.fn()} />);
  });

  const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name, hidden: true }));

  it("deletes by a second press only, and the page follows", async () => {
    await press("Delete $20.00 of Nov 24, 2026");
    expect(fetchApi).toHaveBeenCalledOnce();
    fetchApi.mockResolvedValueOnce(new Response(null, { status: 204 }));
    await press("Delete");
    await waitFor(() => expect(refresh).toHaveBeenCalledOnce());
    expect(fetchApi.mock.lastCall![0]).toBe("/api/v1/goals/g1/contributions/n1");
    expect(screen.getByText("Nothing has been put aside yet.")).toBeDefined();
  });

  it("keeps what the API refuses to delete, and says why", async () => {
    await press("Delete $20.00 of Nov 24, 2026");
    fetchApi.mockResolvedValueOnce(Response.json({ code: "unavailable" }, { status: 503 }));
    await press("Delete");
    expect(await screen.findByRole("alert", { hidden: true })).toBeDefined();
    expect(screen.getByText("+$20.00")).toBeDefined();
    expect(refresh).not.toHaveBeenCalled();
  });
});
