import type { Route } from "next";
import Link from "next/link";
import { LineChart } from "@/components/charts/line-chart";
import { firstLow, shownPoints } from "@/components/forecast/points";
import { ticksIn } from "@/components/insights/formats";
import { Amount } from "@/components/ui/amount";
import { Notice } from "@/components/ui/notice";
import type { Forecast, ForecastPoint } from "@/lib/api/schema";
import type { Money } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./outlook.module.css";

/** Where the balance is heading: the figures that matter, a warning where it may run out, and the path day by day. */
export function Outlook({ forecast }: { forecast: Forecast }) {
  const i18n = useI18n();
  const { t, formatMoney, formatDate, formatPercent } = i18n;
  const { balance, date, lowest, level } = forecast;
  const last = forecast.points.at(-1);
  if (!last) return null;
  const today: ForecastPoint = { date, expected: balance, low: balance, high: balance };
  const points = [today, ...shownPoints(forecast.points)];
  const row = (name: string, amounts: Money[]) => ({
    name,
    values: amounts.map(({ amount }) => Number(amount)),
    texts: amounts.map((money) => formatMoney(money)),
  });
  return (
    <>
      <LowBalance points={forecast.points} />
      <dl className={styles.figures}>
        <Figure name={t("forecast.today")} money={balance} />
        <Figure
          name={t("forecast.on", { date: formatDate(last.date) })}
          money={last.expected}
          detail={t("forecast.range", { low: formatMoney(last.low), high: formatMoney(last.high) })}
        />
        {lowest && (
          <Figure
            name={t("forecast.lowest", { date: formatDate(lowest.date) })}
            money={lowest.expected}
            detail={t("forecast.range", { low: formatMoney(lowest.low), high: formatMoney(lowest.high) })}
          />
        )}
      </dl>
      <LineChart
        label={t("forecast.label", {
          balance: formatMoney(balance),
          date: formatDate(last.date),
          expected: formatMoney(last.expected),
          low: formatMoney(last.low),
          high: formatMoney(last.high),
        })}
        pointName={t("forecast.date")}
        points={points.map((point) => ({
          key: point.date,
          text: formatDate(point.date),
          tick: formatDate(point.date, { day: "numeric", month: "short" }),
        }))}
        series={[row(t("forecast.expected"), points.map((point) => point.expected))]}
        band={{
          low: row(t("forecast.low"), points.map((point) => point.low)),
          high: row(t("forecast.high"), points.map((point) => point.high)),
        }}
        formatTick={ticksIn(i18n, balance.currency)}
        height={260}
      />
      <p className={styles.detail}>{t("forecast.band", { level: formatPercent(level) })}</p>
    </>
  );
}

function Figure({ name, money, detail }: { name: string; money: Money; detail?: string }) {
  return (
    <div className={styles.figure}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.amount}>
        <Amount money={money} />
      </dd>
      {detail && <dd className={styles.detail}>{detail}</dd>}
    </div>
  );
}

/** Says when the money may run out, or is expected to. */
function LowBalance({ points }: { points: readonly ForecastPoint[] }) {
  const { t, formatDate, formatMoney } = useI18n();
  const low = firstLow(points);
  if (!low) return null;
  const { point, expected } = low;
  return (
    <Notice tone={expected ? "error" : "info"}>
      <p>
        <strong>{t(expected ? "forecast.runsOut" : "forecast.mayRunOut", { date: formatDate(point.date) })}</strong>
      </p>
      <p>
        {t(expected ? "forecast.runsOutDetail" : "forecast.mayRunOutDetail", { amount: formatMoney(expected ? point.expected : point.low) })}{" "}
        <Link href={"/recurring" as Route}>{t("forecast.seePlanned")}</Link>
      </p>
    </Notice>
  );
}
