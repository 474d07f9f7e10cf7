import Link from "next/link";
import { Allocation } from "@/components/investments/allocation";
import { ChoiceLinks } from "@/components/investments/choice-links";
import { choicesFrom } from "@/components/investments/choices";
import { Holdings } from "@/components/investments/holdings";
import { AddSecurity, AddTrade } from "@/components/investments/investment-actions";
import { Performance } from "@/components/investments/performance";
import { PortfolioFigures } from "@/components/investments/portfolio-figures";
import { address, firstDayOf, portfolioParameters, type PortfolioQuery, readPortfolioQuery } from "@/components/investments/query";
import { Sections } from "@/components/investments/sections";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { currentUser, load } from "@/lib/api/server";
import type { Account, Category, Performance as Figures, Portfolio, Security, TradePage } from "@/lib/api/schema";
import { today } from "@/lib/dates";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";
import styles from "./page.module.css";

export const generateMetadata = titled("investments.title");

function loadPortfolio(query: PortfolioQuery) {
  const path = address("/investments", portfolioParameters(query));
  const { currency } = query;
  return Promise.all([
    load<Portfolio>(path, "/portfolio", { currency }),
    load<Figures>(path, "/portfolio/performance", { from: firstDayOf(query.period), currency }),
    load<TradePage>(path, "/trades", { limit: "1" }),
    load<Account[]>(path, "/accounts"),
    load<Security[]>(path, "/securities"),
    load<Category[]>(path, "/categories"),
    currentUser(),
  ]);
}

export default async function InvestmentsPage({ searchParams }: PageProps<"/investments">) {
  const { t, currencyName } = await getI18n();
  const query = readPortfolioQuery(await searchParams);
  return (
    <Messages of={["investments"]}>
      <PageHeader title={t("investments.title")} intro={t("investments.intro")}>
        <Sections current="portfolio" />
      </PageHeader>
      <Loaded load={() => loadPortfolio(query)}>
        {([portfolio, figures, { items: trades }, accounts, securities, categories, user]) => {
          const choices = choicesFrom(accounts, securities, categories);
          if (trades.length === 0) {
            const step = choices.accounts.length === 0 ? "account" : securities.length === 0 ? "security" : "trade";
            return (
              <Panel>
                <EmptyState title={t("investments.emptyTitle")} detail={t(`investments.empty.${step}`)}>
                  {step === "account" && <ButtonLink href="/accounts">{t("investments.addAccount")}</ButtonLink>}
                  {step === "security" && <AddSecurity currency={user?.currency} variant="primary" />}
                  {step === "trade" && <AddTrade choices={choices} />}
                </EmptyState>
              </Panel>
            );
          }
          const currencies = new Set([
            ...(user ? [user.currency] : []),
            portfolio.currency,
            ...portfolio.holdings.flatMap(({ cost, price }) => [cost.currency, ...(price ? [price.currency] : [])]),
          ]);
          return (
            <>
              <Panel title={t("investments.today")} aside={choices.accounts.length > 0 && securities.length > 0 && <AddTrade choices={choices} />}>
                {currencies.size > 1 && (
                  <ChoiceLinks
                    label={t("investments.currency")}
                    current={portfolio.currency}
                    choices={[...currencies].map((currency) => ({
                      key: currency,
                      text: currencyName(currency),
                      href: address("/investments", portfolioParameters({ ...query, currency: currency === user?.currency ? undefined : currency })),
                    }))}
                  />
                )}
                <PortfolioFigures portfolio={portfolio} />
                <Missing portfolio={portfolio} />
              </Panel>
              <div className={styles.columns}>
                <Panel title={t("investments.allocation")}>
                  <Allocation portfolio={portfolio} query={query} />
                </Panel>
                <Panel title={t("investments.performance")}>
                  <Performance figures={figures} query={query} />
                </Panel>
              </div>
              <Panel title={t("investments.holdings")}>
                {portfolio.holdings.length > 0 ? <Holdings holdings={portfolio.holdings} today={today()} /> : <p>{t("investments.nothingHeld")}</p>}
              </Panel>
              <p className={styles.note}>{t("investments.noAdvice")}</p>
            </>
          );
        }}
      </Loaded>
    </Messages>
  );
}

/** What isn't in the figures, and where to add what they lack. */
async function Missing({ portfolio: { unpriced, missing_rates } }: { portfolio: Portfolio }) {
  const { t } = await getI18n();
  if (unpriced.length === 0 && missing_rates.length === 0) return null;
  return (
    <p className={styles.note}>
      {unpriced.length > 0 && t("investments.unpriced", { symbols: unpriced.join(", ") })}{" "}
      {missing_rates.length > 0 && t("investments.missingRates", { pairs: missing_rates.join(", ") })}{" "}
      <Link href="/investments/prices">{t("investments.toPrices")}</Link>
    </p>
  );
}
