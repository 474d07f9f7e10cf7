import type { Route } from "next";
import { cache, Suspense } from "react";
import { Method } from "@/components/forecast/method";
import { Outlook } from "@/components/forecast/outlook";
import { CurrencyChoice } from "@/components/insights/currency-choice";
import { readCurrency, readOne } from "@/components/insights/query";
import { ButtonLink } from "@/components/ui/button";
import { Choice } from "@/components/ui/choice";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/panel";
import { Section } from "@/components/ui/section";
import { load } from "@/lib/api/server";
import type { Forecast } from "@/lib/api/schema";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";
import styles from "./page.module.css";

export const generateMetadata = titled("forecast.title");

const DAYS = ["30", "90", "180", "365"] as const;

const loadForecast = cache((path: string, days: string, currency: string | undefined) => load<Forecast>(path, "/insight/forecast", { days, currency }));

export default async function ForecastPage({ searchParams }: PageProps<"/forecast">) {
  const { t } = await getI18n();
  const parameters = await searchParams;
  const currency = readCurrency(parameters);
  const days = readOne(parameters.days, DAYS, "90");
  const query = { days, ...(currency && { currency }) };
  const path = `/forecast?${new URLSearchParams(query)}`;
  return (
    <Messages of={[]}>
      <PageHeader title={t("forecast.title")} intro={t("forecast.intro")}>
        <Suspense>
          <CurrencyChoice path={path} query={query} currency={currency} />
        </Suspense>
      </PageHeader>
      <div className={styles.picker}>
        <Choice
          label={t("forecast.ahead")}
          options={DAYS.map((value) => ({ text: t("forecast.days", { count: Number(value) }), query: { ...query, days: value }, current: value === days }))}
        />
      </div>
      <Section title={t("forecast.balance")}>
        {async () => {
          const forecast = await loadForecast(path, days, currency);
          return forecast.points.length > 0 ? <Outlook forecast={forecast} /> : <TooEarly forecast={forecast} />;
        }}
      </Section>
      <Section title={t("forecast.method")}>
        {async () => <Method forecast={await loadForecast(path, days, currency)} />}
      </Section>
    </Messages>
  );
}

async function TooEarly({ forecast: { months_used, months_left_out } }: { forecast: Forecast }) {
  const { t } = await getI18n();
  return (
    <EmptyState title={t("forecast.tooEarly")} detail={t("forecast.tooEarlyDetail", { count: months_used.length + months_left_out.length })}>
      <ButtonLink href="/import">{t("forecast.import")}</ButtonLink>
      <ButtonLink href={"/recurring" as Route} variant="secondary">
        {t("forecast.seePlanned")}
      </ButtonLink>
    </EmptyState>
  );
}
