import Link from "next/link";
import { AddBudget } from "@/components/budgets/budget-actions";
import type { Uncovered } from "@/components/budgets/coverage";
import { addMonths, firstDay, lastDay } from "@/lib/dates";
import { useI18n } from "#i18n";
import styles from "./uncovered-list.module.css";

/** Where money goes that no envelope pays for, each with what it took in the month before as a first amount. */
export function UncoveredList({ month, currency, entries }: { month: string; currency: string; entries: Uncovered[] }) {
  const { t, formatMoney, formatMonth } = useI18n();
  return (
    <ul className={styles.list}>
      {entries.map(({ id, name, spent, before }) => (
        <li key={id} className={styles.row}>
          <div>
            <Link
              href={{ pathname: "/transactions", query: { category_id: id, from: firstDay(month), to: lastDay(month) } }}
              aria-label={t("budgets.transactionsOf", { category: name })}
            >
              <bdi>{name}</bdi>
            </Link>
            <p className={styles.detail}>
              {[
                spent && t("budgets.spentIn", { amount: formatMoney(spent), month: formatMonth(month) }),
                before && t("budgets.spentIn", { amount: formatMoney(before), month: formatMonth(addMonths(month, -1)) }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </div>
          <AddBudget
            month={month}
            currency={currency}
            categories={[{ id, name }]}
            amount={(before ?? spent)?.amount}
            label={t("budgets.give")}
            name={t("budgets.giveLabel", { category: name })}
            variant="secondary"
          />
        </li>
      ))}
    </ul>
  );
}
