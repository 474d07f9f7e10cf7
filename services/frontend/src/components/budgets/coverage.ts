import type { BudgetStatus, Category, CategoryTotal, MonthlySummary } from "@/lib/api/schema";

/** What was spent in a category that no envelope pays for, in the month and in the one before. */
export interface Uncovered {
  id: string;
  name: string;
  spent: CategoryTotal["amount"] | undefined;
  before: CategoryTotal["amount"] | undefined;
}

/** An envelope pays for its category and all below it, in its own currency; what has no category can't have one. */
export function uncovered(budgets: BudgetStatus[], categories: Category[], month: MonthlySummary, before: MonthlySummary): Uncovered[] {
  const parents = new Map(categories.map(({ id, parent_id }) => [id, parent_id]));
  const budgeted = new Set(budgets.filter(({ left }) => left.currency === month.currency).map(({ category_id }) => category_id));

  function isCovered(id: string): boolean {
    for (let above: string | null | undefined = id; above; above = parents.get(above)) if (budgeted.has(above)) return true;
    return false;
  }

  const found = new Map<string, Uncovered>();
  for (const [summary, when] of [[month, "spent"], [before, "before"]] as const) {
    for (const { category_id: id, name, amount } of summary.categories) {
      if (!id || isCovered(id)) continue;
      found.set(id, { spent: undefined, before: undefined, ...found.get(id), id, name, [when]: amount });
    }
  }
  return [...found.values()];
}
