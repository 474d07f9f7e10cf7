import { LineChart } from "@/components/charts/line-chart";
import { ticksIn } from "@/components/insights/formats";
import { NetWorthNotes } from "@/components/insights/net-worth-notes";
import { Amount } from "@/components/ui/amount";
import type { NetWorthHistory } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./net-worth.module.css";

/** What is owned less what is owed, today and over the last months. */
export function NetWorth({ history: { currency, points } }: { history: NetWorthHistory }) {
  const i18n = useI18n();
  const { t, formatMoney, formatDate } = i18n;
  const [first, latest] = [points[0], points.at(-1)];
  if (!first || !latest) return null;
  return (
    <>
      <p className={styles.figure}>
        <span className={styles.amount}>
          <Amount money={latest.net_worth} />
        </span>
        <span className={styles.before}>
          {t("dashboard.netWorthBefore", { amount: formatMoney(first.net_worth), date: formatDate(first.date) })}
        </span>
      </p>
      <LineChart
        label={t("dashboard.netWorthLabel", {
          first: formatMoney(first.net_worth),
          from: formatDate(first.date),
          last: formatMoney(latest.net_worth),
        })}
        pointName={t("dashboard.date")}
        points={points.map(({ date }) => ({ key: date, text: formatDate(date), tick: formatDate(date, { month: "short", year: "numeric" }) }))}
        series={[
          {
            name: t("dashboard.netWorth"),
            values: points.map(({ net_worth }) => Number(net_worth.amount)),
            texts: points.map(({ net_worth }) => formatMoney(net_worth)),
          },
        ]}
        formatTick={ticksIn(i18n, currency)}
        height={176}
      />
      <NetWorthNotes point={latest} />
    </>
  );
}
