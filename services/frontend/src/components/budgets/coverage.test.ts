import { describe, expect, it } from "vitest";
import { uncovered } from "@/components/budgets/coverage";
import type { MonthlySummary } from "@/lib/api/schema";
import { budgetStatus, category, usd } from "@/test/rows";

const CATEGORIES = [
  category({ id: "food", name: "Food" }),
  category({ id: "bakery", name: "Bakery", parent_id: "food" }),
  category({ id: "cake", name: "Cake", parent_id: "bakery" }),
  category({ id: "fuel", name: "Fuel" }),
];

function summary(amounts: Record<string, string>): MonthlySummary {
  const categories = Object.entries(amounts).map(([id, amount]) => ({ category_id: id || null, name: id, amount: usd(amount), share: "0.1" }));
  return { month: "2026-11", income: usd("0.00"), expense: usd("0.00"), net: usd("0.00"), currency: "USD", categories, previous: null, other_currencies: [] };
}

const spent = summary({ cake: "5.00", fuel: "40.00", "": "9.00" });
const before = summary({ food: "70.00", fuel: "38.00", bakery: "3.00" });
const names = (found: { id: string }[]) => found.map(({ id }) => id);

describe("spending without an envelope", () => {
  it("is what neither its category nor one above has a budget for", () => {
    expect(names(uncovered([budgetStatus({ category_id: "food" })], CATEGORIES, spent, before))).toEqual(["fuel"]);
    expect(names(uncovered([budgetStatus({ category_id: "bakery" })], CATEGORIES, spent, before))).toEqual(["fuel", "food"]);
  });

  it("isn't paid for by an envelope in another currency", () => {
    const euros = budgetStatus({ category_id: "fuel", left: { amount: "1.00", currency: "EUR" } });
    expect(names(uncovered([euros], CATEGORIES, spent, before))).toContain("fuel");
  });

  it("is told for this month and the one before", () => {
    expect(uncovered([], CATEGORIES, spent, before)).toContainEqual({ id: "fuel", name: "fuel", spent: usd("40.00"), before: usd("38.00") });
    expect(uncovered([], CATEGORIES, spent, before)).toContainEqual({ id: "food", name: "food", spent: undefined, before: usd("70.00") });
  });
});
