import { Suspense } from "react";
import { loadCategories } from "@/components/dashboard/data";
import { AnomalyList } from "@/components/insights/anomaly-list";
import { CurrencyChoice } from "@/components/insights/currency-choice";
import { HealthScore } from "@/components/insights/health-score";
import { CashFlowChart, NetWorthChart } from "@/components/insights/histories";
import { readCurrency, readOne, spanDays, SPANS } from "@/components/insights/query";
import { SpendingTable } from "@/components/insights/spending-table";
import { Choice } from "@/components/ui/choice";
import { PageHeader } from "@/components/ui/panel";
import { Section } from "@/components/ui/section";
import { load } from "@/lib/api/server";
import type { Anomalies, CashFlow, ComparedItem, Health, NetWorthHistory, Spending } from "@/lib/api/schema";
import { today } from "@/lib/dates";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";
import styles from "./page.module.css";

export const generateMetadata = titled("insights.title");

const MONTHS = ["12", "24", "36"] as const;
const UNCATEGORISED = "Uncategorised";

export default async function InsightsPage({ searchParams }: PageProps<"/insights">) {
  const { t, formatDate } = await getI18n();
  const parameters = await searchParams;
  const currency = readCurrency(parameters);
  const months = readOne(parameters.months, MONTHS, "12");
  const span = readOne(parameters.span, SPANS, "month");
  const query = { months, span, ...(currency && { currency }) };
  const path = `/insights?${new URLSearchParams(query)}`;
  const { from, to } = spanDays(span, today());

  async function spendingBy(by: "category" | "payee") {
    const [spending, categories] = await Promise.all([
      load<Spending>(path, "/insight/spending", { from, to, by, currency, limit: "10" }),
      loadCategories(path),
    ]);
    if (spending.items.length === 0) return <p className={styles.none}>{t("insights.noSpending")}</p>;
    const ids = new Map(categories.map(({ id, name }) => [name, id]));
    const isNone = (label: string) => by === "category" && label === UNCATEGORISED && !ids.has(label);
    const linkOf = ({ label }: ComparedItem) => {
      const filter = by === "payee" ? { q: label } : isNone(label) ? { uncategorised: "true", direction: "out" } : { category_id: ids.get(label) };
      return Object.values(filter)[0] ? { pathname: "/transactions", query: { ...filter, from, to } } : undefined;
    };
    return (
      <SpendingTable
        spending={spending}
        of={t(by === "payee" ? "insights.payee" : "insights.category")}
        nameOf={({ label }) => (isNone(label) ? t("insights.uncategorised") : label)}
        linkOf={linkOf}
      />
    );
  }

  return (
    <Messages of={[]}>
      <PageHeader title={t("insights.title")} intro={t("insights.intro")}>
        <Suspense>
          <CurrencyChoice path={path} query={query} currency={currency} />
        </Suspense>
      </PageHeader>
      <Section title={t("insights.health")}>
        {async () => <HealthScore health={await load<Health>(path, "/insight/health", { currency })} />}
      </Section>
      <div className={styles.picker}>
        <Choice
          label={t("insights.history")}
          options={MONTHS.map((value) => ({
            text: t("insights.months", { count: Number(value) }),
            query: { ...query, months: value },
            current: value === months,
          }))}
        />
      </div>
      <Section title={t("insights.netWorth")}>
        {async () => <NetWorthChart history={await load<NetWorthHistory>(path, "/insight/net-worth", { months, currency })} />}
      </Section>
      <Section title={t("insights.cashFlow")}>
        {async () => <CashFlowChart flow={await load<CashFlow>(path, "/insight/cash-flow", { months, currency })} />}
      </Section>
      <div className={styles.picker}>
        <Choice
          label={t("insights.period")}
          options={SPANS.map((value) => ({ text: t(`insights.${value}`), query: { ...query, span: value }, current: value === span }))}
        />
        <p className={styles.none}>{t("insights.fromTo", { from: formatDate(from), to: formatDate(to) })}</p>
      </div>
      <div className={styles.pair}>
        <Section title={t("insights.byCategory")}>
          {() => spendingBy("category")}
        </Section>
        <Section title={t("insights.byPayee")}>
          {() => spendingBy("payee")}
        </Section>
      </div>
      <Section title={t("insights.anomalies")}>
        {async () => {
          const [anomalies, categories] = await Promise.all([
            load<Anomalies>(path, "/insight/anomalies", { months: "6", currency }),
            loadCategories(path),
          ]);
          return (
            <>
              {anomalies.items.length > 0 ? (
                <AnomalyList items={anomalies.items} categoryIds={new Map(categories.map(({ id, name }) => [name, id]))} />
              ) : (
                <p>{t("insights.noAnomalies")}</p>
              )}
              <p className={styles.none}>
                {t("insights.lookedAt", { count: anomalies.payments, from: formatDate(anomalies.first), to: formatDate(anomalies.last) })}{" "}
                {anomalies.reason !== null && t("insights.onlyDuplicates")}
              </p>
            </>
          );
        }}
      </Section>
    </Messages>
  );
}
