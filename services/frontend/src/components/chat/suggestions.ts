import { glance } from "@/lib/api/server";
import type { Account, BudgetMonth, Goal, MonthlySummary, Recurring } from "@/lib/api/schema";
import { addMonths, currentMonth } from "@/lib/dates";
import type { I18n } from "@/lib/i18n/i18n";

const SHOWN = 4;

/** Questions to start with that have an answer in the user's own data; what can't be looked at is not asked about. */
export async function suggestionsFor({ t }: I18n): Promise<string[]> {
  const [lastMonth, budgets, goals, recurring, accounts] = await Promise.all([
    glance<MonthlySummary>("/summary/monthly", { month: addMonths(currentMonth(), -1) }),
    glance<BudgetMonth>("/budgets/status"),
    glance<Goal[]>("/goals"),
    glance<Recurring[]>("/recurring"),
    glance<Account[]>("/accounts"),
  ]);
  const category = lastMonth?.categories.find(({ category_id: id }) => id)?.name;
  return [
    category && t("chat.suggestion.category", { category }),
    budgets && budgets.budgets.length > 0 && t("chat.suggestion.budgets"),
    recurring && recurring.length > 0 && t("chat.suggestion.bills"),
    accounts && accounts.length > 0 && t("chat.suggestion.petrol"),
    goals && goals.length > 0 && t("chat.suggestion.goals"),
    accounts?.some(({ kind }) => kind === "investment") && t("chat.suggestion.investments"),
    t("chat.suggestion.largest"),
    t("chat.suggestion.compare"),
    t("chat.suggestion.groceries"),
  ]
    .filter((suggestion) => typeof suggestion === "string")
    .slice(0, SHOWN);
}
