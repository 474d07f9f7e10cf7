import Link from "next/link";
import { BudgetActions } from "@/components/budgets/budget-actions";
import { Meter, MeterText } from "@/components/budgets/meter";
import type { BudgetStatus } from "@/lib/api/schema";
import { firstDay, lastDay } from "@/lib/dates";
import { isNegative, isZero, magnitude } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./budget-list.module.css";

export function BudgetList({ month, budgets }: { month: string; budgets: BudgetStatus[] }) {
  const { t, formatMoney } = useI18n();
  return (
    <ul>
      {budgets.map((budget) => {
        const over = isNegative(budget.left);
        return (
          <li key={budget.budget_id} className={styles.budget}>
            <div className={styles.head}>
              <h3 className={styles.name}>
                <Link
                  href={{ pathname: "/transactions", query: { category_id: budget.category_id, from: firstDay(month), to: lastDay(month) } }}
                  aria-label={t("budgets.transactionsOf", { category: budget.category })}
                >
                  <bdi>{budget.category}</bdi>
                </Link>
              </h3>
              <p className={`${styles.left} ${over ? styles.over : ""}`}>
                {t(over ? "budgets.amountShort" : "budgets.amountLeft", { amount: formatMoney(magnitude(budget.left)) })}
              </p>
            </div>
            <Meter status={budget} />
            <div className={styles.foot}>
              <div>
                <MeterText status={budget} />
                <p className={styles.detail}>
                  {t("budgets.spentOf", { spent: formatMoney(budget.spent), available: formatMoney(budget.available) })}
                  {!isZero(budget.rolled_over) &&
                    ` · ${t("budgets.parts", { budgeted: formatMoney(budget.budgeted), rolledOver: formatMoney(budget.rolled_over, "exceptZero") })}`}
                </p>
              </div>
              <div className={styles.actions}>
                <BudgetActions id={budget.budget_id} category={budget.category} month={month} />
              </div>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
