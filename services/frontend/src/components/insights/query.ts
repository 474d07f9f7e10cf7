import { addMonths, firstDay, lastDay } from "@/lib/dates";

/** What of a page's address says which figures are wanted; anything else than what it may say counts as left out. */
export type Parameters = Record<string, string | string[] | undefined>;

export function readCurrency({ currency }: Parameters): string | undefined {
  return typeof currency === "string" && /^[A-Z]{3}$/.test(currency) ? currency : undefined;
}

export function readOne<Value extends string>(given: string | string[] | undefined, allowed: readonly Value[], otherwise: NoInfer<Value>): Value {
  return allowed.find((value) => value === given) ?? otherwise;
}

export const SPANS = ["month", "last-month", "quarter", "year"] as const;
export type Span = (typeof SPANS)[number];

/** Calendar months, so that periods are compared with others of as many months. */
export function spanDays(span: Span, today: string): { from: string; to: string } {
  const month = today.slice(0, 7);
  if (span === "last-month") return { from: firstDay(addMonths(month, -1)), to: lastDay(addMonths(month, -1)) };
  const back = { month: 0, quarter: 2, year: 11 }[span];
  return { from: firstDay(addMonths(month, -back)), to: today };
}
