import { describe, expect, it } from "vitest";
import { readContent, readTrade, takesPrice } from "@/components/investments/trade-fields";
import type { TradeKind } from "@/lib/api/schema";

/** More than any form has, so that what a kind doesn't have is left behind. */
const TYPED = {
  account_id: "a1",
  security_id: "s1",
  date: "2026-11-24",
  quantity: "۱۲٫۵",
  given: "amount",
  amount: "1,250.00",
  fee: "",
  new_shares: "4",
  old_shares: "1",
  category_id: "c1",
  fee_category_id: "",
  note: " ",
};

function form(values: Record<string, string> = {}): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries({ ...TYPED, ...values })) data.set(name, value);
  return data;
}

const common = { account_id: "a1", security_id: "s1", date: "2026-11-24", note: null };

describe("a trade", () => {
  it.each<[TradeKind, object]>([
    ["buy", { quantity: "12.5", amount: "1250.00", fee: "0", fee_category_id: null }],
    ["sell", { quantity: "12.5", amount: "1250.00", fee: "0", category_id: "c1", fee_category_id: null }],
    ["dividend", { amount: "1250.00", fee: "0", category_id: "c1", fee_category_id: null }],
    ["split", { ratio: "4:1" }],
    ["fee", { amount: "1250.00", fee_category_id: null }],
  ])("of the kind %s is sent with what it has, and nothing else", (kind, content) => {
    expect(readTrade(kind, form())).toEqual({ kind, ...common, ...content });
  });

  it("has a price in the place of the amount where that was typed, and only what has a quantity", () => {
    expect(readContent("buy", form({ given: "price" }))).toMatchObject({ price: "1250.00" });
    expect(readContent("buy", form({ given: "price" }))).not.toHaveProperty("amount");
    expect(readContent("dividend", form({ given: "price" }))).toMatchObject({ amount: "1250.00" });
  });

  it("belongs to no security when none was chosen", () => {
    expect(readTrade("fee", form({ security_id: "" }))).toMatchObject({ security_id: null });
  });

  it("takes a price only where the account and the security have one currency", () => {
    const dollars = { currency: "USD" };
    expect(takesPrice("buy", dollars, dollars)).toBe(true);
    expect(takesPrice("buy", dollars, { currency: "EUR" })).toBe(false);
    expect(takesPrice("buy", undefined, undefined)).toBe(false);
    expect(takesPrice("dividend", dollars, dollars)).toBe(false);
  });
});
