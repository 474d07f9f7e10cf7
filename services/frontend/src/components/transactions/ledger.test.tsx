// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Ledger } from "@/components/transactions/ledger";
import type { Transaction } from "@/lib/api/schema";
import { renderEnglish, renderIn, seen } from "@/test/languages";
import { account, category } from "@/test/rows";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));

const fetchApi = vi.fn<typeof fetch>();
const LISTS = {
  accounts: [account(), account({ id: "a2", name: "Dollars" })],
  categories: [category(), category({ id: "c2", name: "Fees" })],
  tags: [],
};

function transaction(fields: Partial<Transaction> = {}): Transaction {
  return {
    id: "t1",
    kind: "standard",
    date: "2026-11-24",
    payee: "Café",
    note: null,
    amount: { amount: "-12.50", currency: "USD" },
    account_id: "a1",
    category_id: "c1",
    status: "cleared",
    reference: null,
    tags: [],
    splits: [],
    transfer: null,
    import_id: null,
    ...fields,
  };
}

const transfer = transaction({
  kind: "transfer",
  category_id: null,
  amount: { amount: "-100.00", currency: "EUR" },
  transfer: { account_id: "a2", amount: { amount: "108.00", currency: "USD" } },
});

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  fetchApi.mockReset();
  refresh.mockReset();
  vi.stubGlobal("fetch", fetchApi);
});

function chooseFees() {
  fireEvent.click(screen.getByRole("button", { name: /change the category/ }));
  fireEvent.change(screen.getByRole("combobox", { name: "Category" }), { target: { value: "c2" } });
}

describe("an edit in place", () => {
  beforeEach(() => void renderEnglish(<Ledger items={[transaction()]} lists={LISTS} ofAccount={false} />));

  it("shows at once and writes to the state that was shown", async () => {
    fetchApi.mockResolvedValueOnce(Response.json(transaction(), { headers: { ETag: '"1"' } })).mockResolvedValueOnce(Response.json(transaction({ category_id: "c2" })));
    chooseFees();
    expect(screen.getByRole("button", { name: /change the category/ }).textContent).toBe("Fees");
    await waitFor(() => expect(refresh).toHaveBeenCalledOnce());
    const init = fetchApi.mock.lastCall![1]!;
    expect([(init.headers as Record<string, string>)["If-Match"], JSON.parse(String(init.body))]).toEqual(['"1"', { category_id: "c2" }]);
  });

  it("is rolled back with the reason when it is refused", async () => {
    fetchApi.mockResolvedValueOnce(Response.json(transaction())).mockResolvedValueOnce(Response.json({ code: "unavailable", detail: "Away for a moment." }, { status: 503 }));
    chooseFees();
    expect((await screen.findByRole("alert")).textContent).toContain("Away for a moment.");
    expect(screen.getByRole("button", { name: /change the category/ }).textContent).toBe("Groceries");
    expect(refresh).not.toHaveBeenCalled();
  });

  it("asks before it overwrites what somebody else has changed", async () => {
    fetchApi.mockResolvedValueOnce(Response.json(transaction({ payee: "Bistro" })));
    chooseFees();
    expect(await screen.findByText("This transaction has changed")).toBeDefined();
    expect(fetchApi).toHaveBeenCalledOnce();
    expect(screen.getByRole("button", { name: /change the category/ }).textContent).toBe("Groceries");
  });
});

describe("selecting", () => {
  it("takes a range, counts it, and leaves out what belongs to a trade", () => {
    const items = [transaction(), transaction({ id: "t2", kind: "trade", payee: "ACME" }), transaction({ id: "t3", payee: "Bus" }), transaction({ id: "t4", payee: "Rent" })];
    renderEnglish(<Ledger items={items} lists={LISTS} ofAccount={false} />);
    fireEvent.click(screen.getByRole("checkbox", { name: "Select Café" }));
    fireEvent.click(screen.getByRole("checkbox", { name: "Select Rent" }), { shiftKey: true });
    expect(screen.getByText("3 selected")).toBeDefined();
    fireEvent.keyDown(screen.getByRole("checkbox", { name: "Select Bus" }), { key: "x" });
    expect(screen.getByText("2 selected")).toBeDefined();
  });
});

describe("a transfer", () => {
  it("tells both sides in both currencies, without a sign", () => {
    renderEnglish(<Ledger items={[transfer]} lists={LISTS} ofAccount={false} />);
    const row = within(screen.getAllByRole("row")[1]!);
    expect(row.getByText("From Everyday to Dollars")).toBeDefined();
    expect([row.getByText("€100.00"), row.getByText("$108.00")]).toHaveLength(2);
    expect(row.queryByText("Uncategorised")).toBeNull();
  });

  it("reads from right to left in Urdu", () => {
    renderIn("ur", <Ledger items={[transfer]} lists={LISTS} ofAccount={false} />);
    expect(screen.getByText((text) => seen(text) === "Everyday سے Dollars میں")).toBeDefined();
  });
});
