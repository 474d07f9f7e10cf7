import type { Route } from "next";
import Link from "next/link";
import { listed } from "@/components/insights/formats";
import type { Forecast } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./method.module.css";

/** How the forecast is made, in plain words, and what it rests on. */
export function Method({ forecast: { balance, months_used, months_left_out, planned, level } }: { forecast: Forecast }) {
  const i18n = useI18n();
  const { t, formatMonth, formatPercent } = i18n;
  const [first, last] = [months_used[0], months_used.at(-1)];
  const steps = ["forecast.stepPlanned", "forecast.stepPast", "forecast.stepMiddle"] as const;
  return (
    <>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{t(step, { level: formatPercent(level) })}</li>
        ))}
      </ol>
      <dl className={styles.basis}>
        <div>
          <dt>{t("forecast.accounts")}</dt>
          <dd>{t("forecast.accountsDetail", { currency: balance.currency })}</dd>
        </div>
        {first && last && (
          <div>
            <dt>{t("forecast.past")}</dt>
            <dd>{t("forecast.pastDetail", { count: months_used.length, first: formatMonth(first), last: formatMonth(last) })}</dd>
          </div>
        )}
        {months_left_out.length > 0 && (
          <div>
            <dt>{t("forecast.leftOut")}</dt>
            <dd>{t("forecast.leftOutDetail", { months: listed(i18n, months_left_out.map((month) => formatMonth(month))) })}</dd>
          </div>
        )}
        <div>
          <dt>{t("forecast.planned")}</dt>
          <dd>
            {t("forecast.plannedDetail", { count: planned })} <Link href={"/recurring" as Route}>{t("forecast.seePlanned")}</Link>
          </dd>
        </div>
      </dl>
      <p className={styles.caution}>{t("forecast.caution")}</p>
    </>
  );
}
