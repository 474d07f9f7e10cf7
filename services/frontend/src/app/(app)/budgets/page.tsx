import { AddBudget } from "@/components/budgets/budget-actions";
import { BudgetList } from "@/components/budgets/budget-list";
import { uncovered } from "@/components/budgets/coverage";
import { MonthLinks } from "@/components/budgets/month-links";
import { Totals } from "@/components/budgets/totals";
import { UncoveredList } from "@/components/budgets/uncovered-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { load } from "@/lib/api/server";
import type { BudgetMonth, Category, MonthlySummary } from "@/lib/api/schema";
import { addMonths, currentMonth, isMonth } from "@/lib/dates";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";

export const generateMetadata = titled("budgets.title");

function loadBudgets(month: string) {
  const path = `/budgets?month=${month}`;
  return Promise.all([
    load<BudgetMonth>(path, "/budgets/status", { month }),
    load<Category[]>(path, "/categories"),
    load<MonthlySummary>(path, "/summary/monthly", { month }),
    load<MonthlySummary>(path, "/summary/monthly", { month: addMonths(month, -1) }),
  ]);
}

export default async function BudgetsPage({ searchParams }: PageProps<"/budgets">) {
  const { t, formatMonth } = await getI18n();
  const current = currentMonth();
  const wanted = (await searchParams).month;
  const month = isMonth(wanted) ? wanted : current;
  return (
    <Messages of={["budgets"]}>
      <PageHeader title={t("budgets.title")} intro={t("budgets.intro")}>
        <MonthLinks month={month} current={current} />
      </PageHeader>
      <Loaded load={() => loadBudgets(month)}>
        {([{ budgets, totals }, categories, summary, before]) => {
          const choices = categories.filter(({ kind }) => kind === "expense").map(({ id, name }) => ({ id, name }));
          const without = uncovered(budgets, categories, summary, before);
          const add = <AddBudget month={month} currency={summary.currency} categories={choices} label={t("budgets.add")} />;
          return (
            <>
              {budgets.length > 0 ? (
                <>
                  <Totals totals={totals} />
                  <Panel title={t("budgets.of", { month: formatMonth(month) })} aside={add}>
                    <BudgetList month={month} budgets={budgets} />
                  </Panel>
                </>
              ) : (
                <Panel>
                  <EmptyState title={t("budgets.emptyTitle", { month: formatMonth(month) })} detail={t("budgets.emptyDetail")}>
                    {add}
                  </EmptyState>
                </Panel>
              )}
              {without.length > 0 && (
                <Panel title={t("budgets.uncovered")}>
                  <p>{t("budgets.uncoveredDetail")}</p>
                  <UncoveredList month={month} currency={summary.currency} entries={without} />
                </Panel>
              )}
            </>
          );
        }}
      </Loaded>
    </Messages>
  );
}
