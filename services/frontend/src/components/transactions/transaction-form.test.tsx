// @vitest-environment jsdom
import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { TransactionForm } from "@/components/transactions/transaction-form";
import { renderEnglish } from "@/test/languages";
import { account, category } from "@/test/rows";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));

const ACCOUNTS = [account()];
const CATEGORIES = [category(), category({ id: "c2", name: "Salary", kind: "income" })];

const fetchApi = vi.fn<typeof fetch>();

beforeEach(() => {
  fetchApi.mockReset();
  refresh.mockReset();
  vi.stubGlobal("fetch", fetchApi);
  renderEnglish(<TransactionForm accounts={ACCOUNTS} categories={CATEGORIES} today="2026-11-24" />);
});

function fill(values: Record<string, string>) {
  for (const [label, value] of Object.entries(values)) fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

function save() {
  fireEvent.click(screen.getByRole("button", { name: "Save transaction" }));
}

function sentBody(): unknown {
  return JSON.parse(String(fetchApi.mock.lastCall![1]!.body));
}

function saved(payee: string, amount: string) {
  fetchApi.mockResolvedValueOnce(Response.json({ id: "t1", payee, amount: { amount, currency: "USD" } }, { status: 201 }));
}

describe("adding a transaction", () => {
  it("turns money out into a negative amount, says what was saved and starts afresh", async () => {
    saved("Café", "-1234.50");
    fill({ Amount: "1,234.50", Payee: "Café", Category: "c1" });
    save();
    expect((await screen.findByRole("status")).textContent).toBe("Saved: Café, -$1,234.50.");
    expect(sentBody()).toEqual({
      account_id: "a1",
      date: "2026-11-24",
      payee: "Café",
      note: "",
      amount: "-1234.50",
      category_id: "c1",
    });
    expect(refresh).toHaveBeenCalledOnce();
    expect((screen.getByLabelText("Payee") as HTMLInputElement).value).toBe("");
  });

  it("offers the categories of the chosen kind", async () => {
    fill({ Kind: "income" });
    expect(screen.queryByRole("option", { name: "Groceries" })).toBeNull();
    saved("ACME", "3400.00");
    fill({ Amount: "3400", Payee: "ACME", Category: "c2" });
    save();
    await screen.findByRole("status");
    expect(sentBody()).toMatchObject({ amount: "3400", category_id: "c2" });
  });

  it("leaves an unreadable amount to the API and shows its answer, keeping the input", async () => {
    fetchApi.mockResolvedValueOnce(Response.json({ code: "invalid", detail: "“12,5” is not an amount." }, { status: 422 }));
    fill({ Amount: "12,5", Payee: "Café" });
    save();
    expect((await screen.findByRole("alert")).textContent).toBe("“12,5” is not an amount.");
    expect(sentBody()).toMatchObject({ amount: "12,5", category_id: null });
    expect((screen.getByLabelText("Payee") as HTMLInputElement).value).toBe("Café");
    expect(refresh).not.toHaveBeenCalled();
  });
});
