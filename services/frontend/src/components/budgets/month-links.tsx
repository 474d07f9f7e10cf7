import Link from "next/link";
import { Icon } from "@/components/ui/icons";
import { addMonths } from "@/lib/dates";
import { useI18n } from "#i18n";
import styles from "./month-links.module.css";

/** Leads to the months around; those to come can be planned, too. */
export function MonthLinks({ month, current }: { month: string; current: string }) {
  const { t, formatMonth } = useI18n();
  const previous = addMonths(month, -1);
  const next = addMonths(month, 1);
  return (
    <nav aria-label={t("budgets.months")} className={styles.months}>
      {month !== current && <Link href="/budgets">{t("budgets.thisMonth")}</Link>}
      <Link href={{ query: { month: previous } }} aria-label={t("budgets.previous", { month: formatMonth(previous) })} className={styles.step}>
        <Icon name="previous" />
      </Link>
      <span aria-current="date" className={styles.month}>
        {formatMonth(month)}
      </span>
      <Link href={{ query: { month: next } }} aria-label={t("budgets.next", { month: formatMonth(next) })} className={styles.step}>
        <Icon name="next" />
      </Link>
    </nav>
  );
}
