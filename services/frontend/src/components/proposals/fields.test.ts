import { describe, expect, it } from "vitest";
import { changesOf, editableFields, shownFields } from "@/components/proposals/fields";

describe("changes of a payload", () => {
  const rule = { name: "Fuel", conditions: { texts: [{ field: "payee", value: "PSO" }] }, actions: { category_id: "c1", tags: [] } };

  it("are only what differs, and hold the whole of what stands deeper", () => {
    const values = new Map([["name", "Fuel"], ["conditions.texts.0.value", "Shell"], ["actions.category_id", "c1"]]);
    expect(changesOf(rule, values)).toEqual({ conditions: { texts: [{ field: "payee", value: "Shell" }] } });
    expect(rule.conditions.texts[0]!.value).toBe("PSO");
  });

  it("take a value away, but don't name one that was never there", () => {
    const values = new Map<string, string | null>([["note", null], ["month", null]]);
    expect(changesOf({ note: "x" }, values)).toEqual({ note: null });
  });
});

describe("fields", () => {
  it("of a change are those that change", () => {
    const payload = { transaction_id: "t1", amount: "-5.00" };
    expect(editableFields("transaction_change", payload).map(({ path }) => path)).toEqual(["amount"]);
    expect(editableFields("transaction_deletion", payload)).toEqual([]);
  });

  it("leave the sum and the categories of parts alone", () => {
    const payload = { amount: "-5.00", payee: "Shop", date: "2026-11-01", account_id: "a1", splits: [{}] };
    expect(editableFields("transaction", payload).map(({ path }) => path)).toEqual(["payee", "date", "account_id", "note"]);
  });

  it("without a value aren't shown", () => {
    expect(shownFields("goal", { name: "Car", target_amount: "5", target_date: null, account_ids: [] }).map(({ path }) => path)).toEqual(["name", "target_amount"]);
  });
});
