import { describe, expect, it, vi } from "vitest";
import { amountIn, type AmountChange, changeAmount } from "@/components/budgets/change-amount";
import type { Result } from "@/lib/api/problem";
import type { Budget } from "@/lib/api/schema";
import { usd } from "@/test/rows";

function budget(amounts: Record<string, string>): Budget {
  return { id: "b1", category_id: "c1", currency: "USD", rollover: "none", amounts: Object.entries(amounts).map(([month, amount]) => ({ month, amount: usd(amount) })) };
}

const change: AmountChange = { amount: "90.00", rollover: "all", month: "2026-12", onlyThisMonth: true };

function patching(...results: Result<Budget>[]) {
  const patch = vi.fn<(change: object, etag: string | undefined) => Promise<Result<Budget>>>();
  for (const result of results) patch.mockResolvedValueOnce(result);
  return patch;
}

const done = (etag: string): Result<Budget> => ({ ok: true, data: budget({}), etag });

describe("the amount of an envelope", () => {
  it("is the newest that began by that month", () => {
    const row = budget({ "2026-01": "10.00", "2026-06": "20.00", "2027-01": "30.00" });
    expect([amountIn(row, "2026-05"), amountIn(row, "2026-06"), amountIn(row, "2026-12")]).toEqual(["10.00", "20.00", "20.00"]);
    expect(amountIn(row, "2025-12")).toBeUndefined();
  });

  it("of one month only has the months after keep theirs, and names the state that this leaves", async () => {
    const patch = patching(done('"2"'), done('"3"'));
    await changeAmount(budget({ "2026-01": "50.00" }), change, '"1"', patch);
    expect(patch.mock.calls).toEqual([
      [{ amount: "50.00", month: "2027-01" }, '"1"'],
      [{ amount: "90.00", month: "2026-12", rollover: "all" }, '"2"'],
    ]);
  });

  it.each([
    ["holds from then on", { ...change, onlyThisMonth: false }, { "2026-01": "50.00" }],
    ["ends at a month with an amount of its own", change, { "2026-01": "50.00", "2027-01": "60.00" }],
  ])("takes one change where it %s", async (_, wanted, amounts) => {
    const patch = patching(done('"2"'));
    await changeAmount(budget(amounts), wanted, '"1"', patch);
    expect(patch.mock.calls).toEqual([[{ amount: "90.00", month: "2026-12", rollover: "all" }, '"1"']]);
  });

  it("isn't changed when what comes after couldn't be kept", async () => {
    const refused: Result<Budget> = { ok: false, problem: { status: 412, code: "changed", detail: undefined, errors: [], retryAfterS: undefined, traceId: "" } };
    const patch = patching(refused);
    expect(await changeAmount(budget({ "2026-01": "50.00" }), change, '"1"', patch)).toBe(refused);
    expect(patch).toHaveBeenCalledOnce();
  });
});
