// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { RuleDialog } from "@/components/rules/rule-dialog";
import { HistoryDialog } from "@/components/rules/history-dialog";
import { RuleList } from "@/components/rules/rule-list";
import { renderEnglish } from "@/test/languages";

const fetchApi = vi.fn<typeof fetch>();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: vi.fn() }) }));

const LISTS = { accounts: [{ id: "a1", name: "Everyday" }], categories: [{ id: "c1", name: "Eating out" }], tags: ["work"] };
const RULES = ["One", "Two", "Three"].map((name) => ({ id: name, name, enabled: true, sentence: `When ${name}.` }));

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  fetchApi.mockReset();
  vi.stubGlobal("fetch", fetchApi);
});

function answer(body: object, status = 200) {
  fetchApi.mockResolvedValueOnce(Response.json(body, { status }));
}

function lastSent(): [string, unknown] {
  const [url, init] = fetchApi.mock.lastCall!;
  return [String(url), JSON.parse(String(init!.body))];
}

const order = () => screen.getAllByRole("heading", { level: 3 }).map((heading) => heading.textContent);

describe("the list of rules", () => {
  it("moves a rule at once, keeps the focus on its button, and tells where it is", async () => {
    renderEnglish(<RuleList rules={RULES} lists={LISTS} />);
    answer([]);
    fireEvent.click(screen.getByRole("button", { name: "Move “Three” up" }));
    expect(order()).toEqual(["One", "Three", "Two"]);
    expect(lastSent()).toEqual(["/api/v1/rules/order", { ids: ["One", "Three", "Two"] }]);
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Move “Three” up" }));
    expect(screen.getByText("“Three” is now number 2 of 3.")).toBeDefined();
    await waitFor(() => expect((screen.getAllByRole("switch")[0] as HTMLInputElement).disabled).toBe(false));
    fireEvent.click(screen.getByRole("button", { name: "Move “One” up" }));
    expect(fetchApi).toHaveBeenCalledTimes(1);
  });

  it("puts everything back when it is refused", async () => {
    renderEnglish(<RuleList rules={RULES} lists={LISTS} />);
    answer({ code: "invalid", detail: "These are not all of your rules." }, 422);
    fireEvent.click(screen.getByRole("button", { name: "Move “One” down" }));
    expect((await screen.findByRole("alert")).textContent).toBe("These are not all of your rules.");
    expect(order()).toEqual(["One", "Two", "Three"]);

    fetchApi.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    const first = () => screen.getByRole("switch", { name: "Apply “One” to what comes in" }) as HTMLInputElement;
    fireEvent.click(first());
    expect(first().checked).toBe(false);
    await waitFor(() => expect(first().checked).toBe(true));
  });
});

describe("a new rule", () => {
  it("is sent as its fields say, and tried before it is saved", async () => {
    const onDone = vi.fn();
    renderEnglish(<RuleDialog lists={LISTS} onDone={onDone} onClose={vi.fn()} />);
    fireEvent.change(screen.getByLabelText("Text"), { target: { value: " coffee " } });
    fireEvent.click(screen.getByRole("button", { name: "Another text" }));
    fireEvent.change(screen.getAllByLabelText("Text")[1]!, { target: { value: "tea" } });
    fireEvent.change(screen.getAllByLabelText("How")[1]!, { target: { value: "starts" } });
    fireEvent.change(screen.getByLabelText("Of these texts"), { target: { value: "any" } });
    fireEvent.change(screen.getByLabelText("At least (optional)"), { target: { value: "۱٬۲۵۰٫۵" } });
    fireEvent.change(screen.getByLabelText("Set the category"), { target: { value: "c1" } });
    fireEvent.click(screen.getByLabelText("work"));
    fireEvent.change(screen.getByLabelText("New tags (optional)"), { target: { value: "a, b" } });
    const rule = {
      stop: false,
      conditions: {
        texts: [
          { field: "payee", operator: "contains", value: "coffee" },
          { field: "payee", operator: "starts", value: "tea" },
        ],
        any_text: true,
        account_id: null,
        currency: null,
        direction: null,
        min_amount: "1250.5",
        max_amount: null,
      },
      actions: { category_id: "c1", payee: null, tags: ["work", "a", "b"], status: null, transfer_account_id: null },
    };

    answer({ items: [], next_cursor: null });
    fireEvent.click(screen.getByRole("button", { name: "Try it on your history" }));
    await screen.findByText("Nothing was found that it would change.");
    expect(lastSent()).toEqual(["/api/v1/rules/preview?limit=10", { name: "?", ...rule }]);

    fireEvent.change(screen.getByRole("textbox", { name: "Name" }), { target: { value: "Coffee" } });
    answer({ code: "too_many_rules", detail: "There are 200 rules already." }, 409);
    fireEvent.click(screen.getByRole("button", { name: "Save the rule" }));
    expect((await screen.findByRole("alert")).textContent).toBe("There are 200 rules already.");
    answer({}, 201);
    fireEvent.click(screen.getByRole("button", { name: "Save the rule" }));
    await waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(lastSent()).toEqual(["/api/v1/rules", { name: "Coffee", ...rule }]);
  });
});

describe("applying a rule to history", () => {
  const effect = (id: string) => ({
    transaction: { id, date: "2026-11-01", payee: "Cafe Luna", category_id: null, tags: [], status: "cleared", amount: { amount: "-9.90", currency: "USD" } },
    payee: "Cafe Luna",
    category_id: "c1",
    tags: ["work"],
    status: "cleared",
    transfer_account_id: null,
  });

  it("counts what would change through all pages, and changes nothing before it is confirmed", async () => {
    answer({ items: [effect("t1")], next_cursor: "next" });
    answer({ items: [effect("t2")], next_cursor: null });
    renderEnglish(<HistoryDialog title="Coffee" paths={{ preview: "/rules/r1/preview", apply: "/rules/r1/apply" }} lists={LISTS} onClose={vi.fn()} />);
    expect(await screen.findByText("2 transactions would change:")).toBeDefined();
    expect(screen.getAllByText("Category: Uncategorised → Eating out")).toHaveLength(2);
    expect(fetchApi.mock.calls.map(([url]) => url)).toEqual(["/api/v1/rules/r1/preview?limit=200", "/api/v1/rules/r1/preview?limit=200&cursor=next"]);
    answer({ examined: 512, changed: 2 });
    fireEvent.click(screen.getByRole("button", { name: "Change 2 transactions" }));
    expect(await screen.findByText("2 of 512 transactions were changed.")).toBeDefined();
    expect(fetchApi.mock.lastCall![0]).toBe("/api/v1/rules/r1/apply");
  });
});
