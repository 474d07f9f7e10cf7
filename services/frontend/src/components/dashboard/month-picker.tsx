"use client";

import { useRouter } from "next/navigation";
import { MonthStep } from "@/components/ui/month-step";
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
      <MonthStep month={previous} to="previous" label={t("dashboard.previous", { month: formatMonth(previous) })} />
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
      {next <= newest && <MonthStep month={next} to="next" label={t("dashboard.next", { month: formatMonth(next) })} />}
    </div>
  );
}
