import type { Result } from "@/lib/api/problem";
import type { Budget } from "@/lib/api/schema";
import { addMonths } from "@/lib/dates";

export interface AmountChange {
  amount: string;
  rollover: string;
  month: string;
  onlyThisMonth: boolean;
}

type Patch = (change: object, etag: string | undefined) => Promise<Result<Budget>>;

/** What holds in a month: the newest amount that began in it or before. */
export function amountIn({ amounts }: Budget, month: string): string | undefined {
  return amounts.findLast((one) => one.month <= month)?.amount.amount;
}

/**
 * The API lets an amount hold until the next month that has one of its own. So for one month only, the month after is given
 * today's amount first: alone that changes nothing, should the second change be refused.
 */
export async function changeAmount(budget: Budget, { amount, rollover, month, onlyThisMonth }: AmountChange, etag: string | undefined, patch: Patch) {
  const next = addMonths(month, 1);
  const before = amountIn(budget, month);
  let state = etag;
  if (onlyThisMonth && before !== undefined && !budget.amounts.some((one) => one.month === next)) {
    const kept = await patch({ amount: before, month: next }, state);
    if (!kept.ok) return kept;
    state = kept.etag;
  }
  return patch({ amount, month, rollover }, state);
}
