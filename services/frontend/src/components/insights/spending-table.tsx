import type { UrlObject } from "node:url";
import Link from "next/link";
import type { ComparedItem, Spending } from "@/lib/api/schema";
import type { I18n } from "@/lib/i18n/i18n";
import { barLength } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./spending-table.module.css";

interface SpendingTableProps {
  spending: Spending;
  /** What the rows are, such as "Category". */
  of: string;
  nameOf: (item: ComparedItem) => string;
  /** The transactions behind a row, where a filter can show them. */
  linkOf: (item: ComparedItem) => UrlObject | undefined;
}

/** Spending of a period next to that of the period before: a table whose bars show the order of size. */
export function SpendingTable({ spending: { items, total, previous }, of, nameOf, linkOf }: SpendingTableProps) {
  const i18n = useI18n();
  const { t, formatMoney, formatDate } = i18n;
  const largest = items[0]?.amount.amount ?? "0";
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{t("insights.compared", { from: formatDate(previous.first), to: formatDate(previous.last) })}</caption>
      <thead>
        <tr>
          <th scope="col">{of}</th>
          <th scope="col" className={styles.number}>{t("insights.spent")}</th>
          <th scope="col" className={styles.number}>{t("insights.change")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.label}>
            <th scope="row" className={styles.name}>
              <Name text={nameOf(item)} href={linkOf(item)} />
              <svg aria-hidden viewBox="0 0 100 1" preserveAspectRatio="none" className={styles.bar}>
                <rect width={Math.max(0, barLength(item.amount.amount, largest))} height="1" className={styles.value} />
              </svg>
            </th>
            <td className={styles.number}>
              {formatMoney(item.amount)}
              <span className={styles.before}>{t("insights.before", { amount: formatMoney(item.previous) })}</span>
            </td>
            <td className={styles.number}>{changeText(i18n, item)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("insights.allSpending")}</th>
          <td className={styles.number}>
            {formatMoney(total.amount)}
            <span className={styles.before}>{t("insights.before", { amount: formatMoney(total.previous) })}</span>
          </td>
          <td className={styles.number}>{changeText(i18n, total)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function Name({ text, href }: { text: string; href: UrlObject | undefined }) {
  if (!href) return <bdi>{text}</bdi>;
  return (
    <Link href={href} prefetch={false}>
      <bdi>{text}</bdi>
    </Link>
  );
}

function changeText({ t, formatPercent }: I18n, { change_share }: Pick<ComparedItem, "change_share">): string {
  return change_share === null ? t("insights.new") : formatPercent(change_share, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
}
