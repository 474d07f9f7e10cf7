import type { Route } from "next";
import { Ring } from "@/components/charts/donut";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { BudgetStatus } from "@/lib/api/schema";
import { isNegative } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./budget-rings.module.css";

const MOST = 4;
const TONES = { ok: "calm", warning: "caution", over: "alarm" } as const;

/** The budgets that are nearest to their end. */
export function BudgetRings({ budgets }: { budgets: readonly BudgetStatus[] }) {
  const { t, formatMoney, formatPercent } = useI18n();
  if (budgets.length === 0) {
    return (
      <EmptyState title={t("dashboard.noBudgets")} detail={t("dashboard.noBudgetsDetail")}>
        <ButtonLink href={"/budgets" as Route} variant="secondary">
          {t("dashboard.addBudget")}
        </ButtonLink>
      </EmptyState>
    );
  }
  const nearest = [...budgets].sort((one, other) => used(other) - used(one)).slice(0, MOST);
  return (
    <ul className={styles.rings}>
      {nearest.map((budget) => {
        const { budget_id, category, spent, available, left, state } = budget;
        const values = { category, spent: formatMoney(spent), available: formatMoney(available) };
        return (
          <li key={budget_id} className={styles.ring}>
            <Ring
              label={t("dashboard.budgetLabel", values)}
              share={used(budget)}
              text={budget.percent === null ? "–" : formatPercent(used(budget), { maximumFractionDigits: 0 })}
              tone={TONES[state]}
            />
            <p>
              <bdi className={styles.name}>{category}</bdi>
              <span className={state === "over" ? styles.over : styles.left}>
                {t(isNegative(left) ? "dashboard.overBy" : "dashboard.leftOf", {
                  amount: formatMoney({ ...left, amount: left.amount.replace("-", "") }),
                  available: values.available,
                })}
              </span>
            </p>
          </li>
        );
      })}
    </ul>
  );
}

/** With nothing to spend, any spending is too much. */
function used({ percent, state }: BudgetStatus): number {
  return percent === null ? (state === "over" ? 1 : 0) : Number(percent) / 100;
}
