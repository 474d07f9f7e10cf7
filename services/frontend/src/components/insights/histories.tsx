import { BarChart } from "@/components/charts/bar-chart";
import { LineChart } from "@/components/charts/line-chart";
import { listed, ticksIn } from "@/components/insights/formats";
import { NetWorthNotes } from "@/components/insights/net-worth-notes";
import { EmptyState } from "@/components/ui/empty-state";
import type { CashFlow, NetWorthHistory } from "@/lib/api/schema";
import { firstDay, lastDay } from "@/lib/dates";
import { isZero, type Money } from "@/lib/money";
import { useI18n } from "#i18n";
import note from "./note.module.css";

const HEIGHT = 264;
const SHORT_MONTH = { month: "short", year: "numeric" } as const;

/** What was owned, owed, and the difference at the end of each month. */
export function NetWorthChart({ history: { currency, points } }: { history: NetWorthHistory }) {
  const i18n = useI18n();
  const { t, formatMoney, formatDate } = i18n;
  const [first, latest] = [points[0], points.at(-1)];
  const nothing = points.every(({ assets, liabilities }) => isZero(assets) && isZero(liabilities));
  if (!first || !latest || (nothing && latest.unconverted.length + latest.unpriced.length === 0)) return <NoHistory />;
  const row = (name: string, amounts: Money[]) => ({
    name,
    values: amounts.map(({ amount }) => Number(amount)),
    texts: amounts.map((money) => formatMoney(money)),
  });
  return (
    <>
      <LineChart
        label={t("insights.netWorthLabel", {
          first: formatMoney(first.net_worth),
          from: formatDate(first.date),
          last: formatMoney(latest.net_worth),
          to: formatDate(latest.date),
        })}
        pointName={t("insights.date")}
        points={points.map(({ date }) => ({ key: date, text: formatDate(date), tick: formatDate(date, SHORT_MONTH) }))}
        series={[
          row(t("insights.netWorth"), points.map((point) => point.net_worth)),
          row(t("insights.assets"), points.map((point) => point.assets)),
          row(t("insights.liabilities"), points.map((point) => point.liabilities)),
        ]}
        zero
        formatTick={ticksIn(i18n, currency)}
        height={HEIGHT}
      />
      <NetWorthNotes point={latest} />
    </>
  );
}

/** Income beside spending, month by month. */
export function CashFlowChart({ flow: { currency, months, total, other_currencies } }: { flow: CashFlow }) {
  const i18n = useI18n();
  const { t, formatMoney, formatMonth, formatPercent } = i18n;
  if (months.every(({ income, expense }) => isZero(income) && isZero(expense)) && other_currencies.length === 0) return <NoHistory />;
  const row = (name: string, amounts: Money[]) => ({
    name,
    values: amounts.map(({ amount }) => Number(amount)),
    texts: amounts.map((money) => formatMoney(money)),
  });
  return (
    <>
      <BarChart
        label={t("insights.cashFlowLabel", { income: formatMoney(total.income), expense: formatMoney(total.expense), count: months.length })}
        pointName={t("insights.monthName")}
        points={months.map(({ month }) => ({
          key: month,
          text: formatMonth(month),
          tick: formatMonth(month, SHORT_MONTH),
          href: `/transactions?from=${firstDay(month)}&to=${lastDay(month)}`,
        }))}
        series={[row(t("insights.income"), months.map(({ income }) => income)), row(t("insights.expense"), months.map(({ expense }) => expense))]}
        alsoInTable={[row(t("insights.net"), months.map(({ net }) => net))]}
        formatTick={ticksIn(i18n, currency)}
        height={HEIGHT}
      />
      <p className={note.note}>
        {total.savings_rate !== null && t("insights.kept", { net: formatMoney(total.net), share: formatPercent(total.savings_rate) })}{" "}
        {other_currencies.length > 0 && t("insights.otherCurrencies", { currencies: listed(i18n, other_currencies), currency })}
      </p>
    </>
  );
}

function NoHistory() {
  const { t } = useI18n();
  return <EmptyState title={t("insights.noHistory")} detail={t("insights.noHistoryDetail")} />;
}
