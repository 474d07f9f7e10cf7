import type { Route } from "next";
import type { Reference } from "@/lib/api/schema";
import { parseAmount } from "@/lib/money";
import { pagePath, type TransactionsQuery } from "@/lib/transactions-query";

const PAGES: Readonly<Record<string, string>> = {
  budget: "/budgets",
  goal: "/goals",
  recurring: "/recurring",
  occurrence: "/recurring",
  schedule: "/recurring",
  holding: "/investments",
  security: "/investments",
  rule: "/rules",
  import: "/import",
  notification: "/notifications",
  proposal: "/chat#waiting",
};
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The page where a row can be seen; none for a kind that has no page. */
export function pathOf({ kind, id, label, date }: Reference): Route | undefined {
  if (kind === "account") return pagePath({ account_id: id }) as Route;
  if (kind === "category") return pagePath({ category_id: id }) as Route;
  if (kind !== "transaction") return PAGES[kind] as Route | undefined;
  const query: TransactionsQuery = {};
  if (label) query.q = label;
  if (date && DAY.test(date)) Object.assign(query, { from: date, to: date });
  return pagePath(query) as Route;
}

/** The rows by the amount that they state, without its sign. Of several with the same the first. */
export function byAmount(references: readonly Reference[]): (figure: string) => Reference | undefined {
  const rows = new Map<string, Reference>();
  for (const reference of references) {
    const amount = reference.amount && plain(reference.amount.amount);
    if (amount && !rows.has(amount)) rows.set(amount, reference);
  }
  return (figure) => {
    const amount = plain(figure);
    return amount ? rows.get(amount) : undefined;
  };
}

function plain(figure: string): string | undefined {
  return parseAmount(figure)?.replace(/^-/, "").replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

// Not within words, dates, percentages or longer numbers.
const FIGURE = /(?<![\p{L}\p{N}_\-/.])[-−]?\p{Nd}[\p{Nd},٬]*(?:[.٫]\p{Nd}+)?(?![\p{L}\p{N}_/]|-\p{Nd}|\s?[%٪])/gu;

/** Cuts a line at its figures: every second piece is one. */
export function cutAtFigures(line: string): string[] {
  const pieces: string[] = [];
  let end = 0;
  for (const { 0: figure, index } of line.matchAll(FIGURE)) {
    pieces.push(line.slice(end, index), figure);
    end = index + figure.length;
  }
  return [...pieces, line.slice(end)];
}
