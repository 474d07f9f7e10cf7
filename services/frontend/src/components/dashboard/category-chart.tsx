import Link from "next/link";
import { Bar } from "@/components/charts/bar";
import { ChartTable } from "@/components/charts/chart-table";
import type { CategoryTotal } from "@/lib/api/schema";
import { firstDay, lastDay } from "@/lib/dates";
import { barLength } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./category-chart.module.css";

/** More are in the table. */
const MOST = 9;

/** Bars for the eye, one sentence for screen readers, and the same figures as a table for everyone. */
export function CategoryChart({ month, categories }: { month: string; categories: readonly CategoryTotal[] }) {
  const { t, formatMoney, formatMonth, formatPercent } = useI18n();
  const [largest] = categories;
  if (!largest) return <p className={styles.none}>{t("dashboard.noSpending", { month: formatMonth(month) })}</p>;
  const name = ({ category_id, name }: CategoryTotal) => (category_id ? name : t("dashboard.uncategorised"));
  const label = t("dashboard.chartLabel", { month: formatMonth(month), largest: name(largest), amount: formatMoney(largest.amount) });
  return (
    <>
      <figure role="img" className={styles.chart} aria-label={label}>
        {categories.slice(0, MOST).map((category) => (
          <div key={category.category_id} className={styles.row}>
            <bdi className={styles.name}>{name(category)}</bdi>
            <span className={styles.amount}>{formatMoney(category.amount)}</span>
            <Bar percent={barLength(category.amount.amount, largest.amount.amount)} />
          </div>
        ))}
      </figure>
      <ChartTable
        caption={label}
        columns={[t("dashboard.category"), t("dashboard.amount"), t("dashboard.share")]}
        rows={categories.map((category) => ({
          key: category.category_id ?? "",
          cells: [
            <CategoryName key="name" month={month} id={category.category_id} name={name(category)} />,
            formatMoney(category.amount),
            formatPercent(category.share),
          ],
        }))}
      />
    </>
  );
}

/** Leads to the transactions behind the figure. */
function CategoryName({ month, id, name }: { month: string; id: string | null; name: string }) {
  const which = id ? { category_id: id } : { uncategorised: "true", direction: "out" };
  return (
    <Link href={{ pathname: "/transactions", query: { ...which, from: firstDay(month), to: lastDay(month) } }} prefetch={false}>
      <bdi>{name}</bdi>
    </Link>
  );
}
