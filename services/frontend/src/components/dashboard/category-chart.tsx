import Link from "next/link";
import type { CategoryTotal } from "@/lib/api/schema";
import { firstDay, lastDay } from "@/lib/dates";
import { barLength } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./category-chart.module.css";

/** Bars for the eye, one sentence for screen readers, and the same figures as a table for everyone. */
export function CategoryChart({ month, categories }: { month: string; categories: CategoryTotal[] }) {
  const { t, formatMoney, formatMonth, formatPercent } = useI18n();
  const [largest] = categories;
  if (!largest) return <p className={styles.none}>{t("dashboard.noSpending", { month: formatMonth(month) })}</p>;
  return (
    <>
      <figure
        role="img"
        className={styles.chart}
        aria-label={t("dashboard.chartLabel", {
          month: formatMonth(month),
          largest: largest.name,
          amount: formatMoney(largest.amount),
        })}
      >
        {categories.map((category) => (
          <div key={category.category_id} className={styles.row}>
            <span className={styles.name}>{category.name}</span>
            <span className={styles.amount}>{formatMoney(category.amount)}</span>
            <svg viewBox="0 0 100 1" preserveAspectRatio="none" className={styles.bar}>
              <rect width="100" height="1" className={styles.track} />
              <rect width={barLength(category.amount.amount, largest.amount.amount)} height="1" className={styles.value} />
            </svg>
          </div>
        ))}
      </figure>
      <details className={styles.details}>
        <summary>{t("dashboard.showTable")}</summary>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("dashboard.category")}</th>
              <th scope="col" className={styles.number}>{t("dashboard.amount")}</th>
              <th scope="col" className={styles.number}>{t("dashboard.share")}</th>
            </tr>
          </thead>
          <tbody>
            {categories.map((category) => (
              <tr key={category.category_id}>
                <th scope="row">
                  <CategoryName month={month} category={category} />
                </th>
                <td className={styles.number}>{formatMoney(category.amount)}</td>
                <td className={styles.number}>{formatPercent(Number(category.share))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

/** Leads to the transactions behind the figure. What has no category has no filter that would show it. */
function CategoryName({ month, category: { category_id, name } }: { month: string; category: CategoryTotal }) {
  if (!category_id) return name;
  return <Link href={{ pathname: "/transactions", query: { category_id, from: firstDay(month), to: lastDay(month) } }}>{name}</Link>;
}
