import Link from "next/link";
import { Amount } from "@/components/ui/amount";
import type { Anomaly } from "@/lib/api/schema";
import { lastDay } from "@/lib/dates";
import { useI18n } from "#i18n";
import styles from "./anomaly-list.module.css";

interface AnomalyListProps {
  items: readonly Anomaly[];
  /** The ids of categories by name, to lead to a category's transactions. */
  categoryIds: ReadonlyMap<string, string>;
  /** Without saying why. */
  brief?: boolean;
}

/** What is out of the ordinary, why, and the way to the transactions behind it. */
export function AnomalyList({ items, categoryIds, brief = false }: AnomalyListProps) {
  const { t, formatDate, formatMonth, formatMoney } = useI18n();
  return (
    <ul className={styles.list}>
      {items.map((item) => {
        const { kind, date, payee, category, amount, usual, compared_with } = item;
        const values = { usual: usual ? formatMoney(usual) : "", count: compared_with ?? 0 };
        return (
          <li key={`${kind} ${date} ${payee ?? category}`} className={styles.item}>
            <p className={styles.what}>
              <Link href={transactionsOf(item, categoryIds)} prefetch={false}>
                <bdi>{payee ?? category}</bdi>
              </Link>
              <Amount money={amount} />
            </p>
            <p className={styles.why}>
              <strong>{t(`insights.${kind}`)}</strong> · {kind === "unusual_month" ? formatMonth(date.slice(0, 7)) : formatDate(date)}
            </p>
            {!brief && <p className={styles.why}>{t(`insights.${kind}_why`, values)}</p>}
          </li>
        );
      })}
    </ul>
  );
}

function transactionsOf({ kind, date, payee, category }: Anomaly, categoryIds: ReadonlyMap<string, string>) {
  const pathname = "/transactions";
  if (kind === "unusual_month") {
    const category_id = categoryIds.get(category ?? "");
    return { pathname, query: { ...(category_id && { category_id }), from: date, to: lastDay(date.slice(0, 7)) } };
  }
  // The first of two alike may be some days older.
  const from = kind === "duplicate" ? new Date(Date.parse(date) - 3 * 86_400_000).toISOString().slice(0, 10) : date;
  return { pathname, query: { q: payee ?? "", from, to: date } };
}
