// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { PostDialog } from "@/components/recurring/post-dialog";
import { RecurringDialog } from "@/components/recurring/recurring-dialog";
import type { Recurring, Suggestion, Upcoming } from "@/lib/api/schema";
import { renderEnglish, renderIn, seen } from "@/test/languages";

const fetchApi = vi.fn<typeof fetch>();
const onDone = vi.fn();
const LISTS = { accounts: [{ id: "a1", name: "Everyday" }], categories: [{ id: "c1", name: "Housing" }], tags: [] };
const RENT: Recurring = {
  id: "r1",
  name: "Rent",
  kind: "post",
  rule: "FREQ=MONTHLY;BYDAY=1MO,3MO",
  start_date: "2026-01-05",
  end_date: null,
  amount: { amount: "-1250.00", currency: "USD" },
  account_id: "a1",
  payee: "Landlord",
  note: null,
  category_id: "c1",
  notice_days: 3,
  paused: false,
  next_date: "2026-12-07",
};

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  fetchApi.mockReset();
  onDone.mockReset();
  vi.stubGlobal("fetch", fetchApi);
});

function answer(body: object, status = 200, headers = {}) {
  fetchApi.mockResolvedValueOnce(Response.json(body, { status, headers }));
}

function type(label: string, value: string) {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

function lastBody(): unknown {
  return JSON.parse(String(fetchApi.mock.lastCall![1]!.body));
}

describe("a new schedule", () => {
  it("says in words what is chosen, and sends it as the API's rule", async () => {
    renderEnglish(<RecurringDialog currency="USD" lists={LISTS} onDone={onDone} onClose={vi.fn()} />);
    fireEvent.change(screen.getByRole("textbox", { name: "Name" }), { target: { value: "Rent" } });
    type("Amount", "۱٬۲۵۰٫۵");
    type("First on", "2026-12-01");
    type("Every", "2");
    type("Unit", "WEEKLY");
    fireEvent.click(screen.getByLabelText("Friday"));
    type("Ends", "after");
    type("Times", "6");
    expect(screen.getByRole("status").textContent).toBe("Every 2 weeks on Friday, 6 times");

    answer({ code: "invalid", detail: "This amount can't be taken.", errors: [{ field: "amount", message: "No." }] }, 422);
    fireEvent.click(screen.getByRole("button", { name: "Save the schedule" }));
    await screen.findByText("This amount can't be taken.");
    expect(document.activeElement).toBe(screen.getByLabelText("Amount"));
    answer({}, 201);
    fireEvent.click(screen.getByRole("button", { name: "Save the schedule" }));
    await waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(lastBody()).toEqual({
      name: "Rent",
      kind: "post",
      amount: "-1250.5",
      account_id: "a1",
      payee: null,
      note: null,
      category_id: null,
      notice_days: 0,
      rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=6",
      start_date: "2026-12-01",
      end_date: null,
      currency: null,
    });
  });

  it("without an account only reminds, in a currency of its own", async () => {
    renderEnglish(<RecurringDialog currency="PKR" lists={LISTS} onDone={onDone} onClose={vi.fn()} />);
    fireEvent.change(screen.getByRole("textbox", { name: "Name" }), { target: { value: "Fee" } });
    type("Amount", "-5");
    type("Direction", "in");
    type("Account", "");
    answer({}, 201);
    fireEvent.click(screen.getByRole("button", { name: "Save the schedule" }));
    await waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(lastBody()).toMatchObject({ kind: "remind", account_id: null, currency: "PKR", amount: "5", rule: "FREQ=MONTHLY" });
  });

  it("begins with what was found in the transactions", () => {
    const suggestion: Suggestion = {
      ...{ name: "Netflix", payee: "NETFLIX.COM", rule: "FREQ=MONTHLY;BYMONTHDAY=3", start_date: "2026-12-03", account_id: "a1" },
      ...{ amount: { amount: "-15.99", currency: "USD" }, category_id: "c1", count: 7, latest_date: "2026-11-03" },
    };
    renderIn("ur", <RecurringDialog suggestion={suggestion} currency="USD" lists={LISTS} onDone={onDone} onClose={vi.fn()} />);
    expect(seen(screen.getByRole("status").textContent)).toBe("ہر مہینے، ۳ تاریخ کو");
    expect((screen.getByRole("checkbox", { name: "۳ تاریخ" }) as HTMLInputElement).checked).toBe(true);
    expect((screen.getByLabelText("رقم") as HTMLInputElement).value).toBe("15.99");
  });
});

describe("a change of a schedule", () => {
  it("leaves a rule that the builder has no fields for, and what is due by it, alone", async () => {
    answer(RENT, 200, { ETag: '"1"' });
    renderEnglish(<RecurringDialog id="r1" currency={undefined} lists={LISTS} onDone={onDone} onClose={vi.fn()} />);
    expect(await screen.findByText("Every month on the first Monday and the third Monday")).toBeDefined();
    type("Amount", "1300");
    answer(RENT);
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(lastBody()).toEqual({ name: "Rent", kind: "post", amount: "-1300", account_id: "a1", payee: "Landlord", note: null, category_id: "c1", notice_days: 3 });
  });
});

describe("recording one occurrence", () => {
  it("keeps the direction and may differ in amount and day", async () => {
    const occurrence = { recurring_id: "r1", name: "Rent", date: "2026-12-07", amount: RENT.amount } as Upcoming;
    renderEnglish(<PostDialog occurrence={occurrence} today="2026-11-26" onDone={onDone} onClose={vi.fn()} />);
    expect((screen.getByLabelText("Day") as HTMLInputElement).value).toBe("2026-11-26");
    type("Amount", "1200");
    answer({ code: "occurrence_settled", detail: "This occurrence was posted or skipped already." }, 409);
    fireEvent.click(screen.getByRole("button", { name: "Record it" }));
    expect((await screen.findByRole("alert")).textContent).toBe("This occurrence was posted or skipped already.");
    expect(onDone).not.toHaveBeenCalled();
    expect(fetchApi.mock.lastCall![0]).toBe("/api/v1/recurring/r1/occurrences/2026-12-07/post");
    expect(lastBody()).toEqual({ amount: "-1200", date: "2026-11-26" });
  });
});
