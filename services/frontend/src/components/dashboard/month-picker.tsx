"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { Icon } from "@/components/ui/icons";
import { addMonths } from "@/lib/dates";
import { useI18n } from "#i18n";
import styles from "./month-picker.module.css";

const MONTHS_BACK = 36;

export function MonthPicker({ month, newest }: { month: string; newest: string }) {
  const { t, formatMonth } = useI18n();
  const router = useRouter();
  const previous = addMonths(month, -1);
  const next = addMonths(month, 1);
  const months = Array.from({ length: MONTHS_BACK }, (_, back) => addMonths(newest, -back));
  if (!months.includes(month)) months.push(month);
  return (
    <div className={styles.picker}>
      <Link href={{ query: { month: previous } }} aria-label={t("dashboard.previous", { month: formatMonth(previous) })} className={styles.step}>
        <Icon name="previous" />
      </Link>
      <select
        aria-label={t("dashboard.month")}
        value={month}
        onChange={(event) => router.push(`/dashboard?month=${event.target.value}`)}
        className={styles.select}
      >
        {months.map((value) => (
          <option key={value} value={value}>
            {formatMonth(value)}
          </option>
        ))}
      </select>
      {next <= newest && (
        <Link href={{ query: { month: next } }} aria-label={t("dashboard.next", { month: formatMonth(next) })} className={styles.step}>
          <Icon name="next" />
        </Link>
      )}
    </div>
  );
}
