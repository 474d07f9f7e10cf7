import Link from "next/link";
import { MonthStep } from "@/components/ui/month-step";
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
      <MonthStep month={previous} to="previous" label={t("budgets.previous", { month: formatMonth(previous) })} />
      <span aria-current="date" className={styles.month}>
        {formatMonth(month)}
      </span>
      <MonthStep month={next} to="next" label={t("budgets.next", { month: formatMonth(next) })} />
    </nav>
  );
}
