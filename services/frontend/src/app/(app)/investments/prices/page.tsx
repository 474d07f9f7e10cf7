import { ChoiceLinks } from "@/components/investments/choice-links";
import { choicesFrom } from "@/components/investments/choices";
import { AddSecurity, PriceActions, RateActions } from "@/components/investments/investment-actions";
import { PriceList, RateList, SecurityList } from "@/components/investments/market-lists";
import { Pages } from "@/components/investments/pages";
import { address, type PricesQuery, readPricesQuery } from "@/components/investments/query";
import { Sections } from "@/components/investments/sections";
import { EmptyState } from "@/components/ui/empty-state";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { currentUser, load } from "@/lib/api/server";
import type { PricePage, RatePage, Security } from "@/lib/api/schema";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";
import styles from "../page.module.css";

export const generateMetadata = titled("investments.section.prices");

const PATH = "/investments/prices";
const PAGE_SIZE = "10";
const ALL = "";

function loadMarket({ security_id, prices, rates }: PricesQuery, path: string) {
  return Promise.all([
    load<Security[]>(path, "/securities"),
    load<PricePage>(path, "/prices", { security_id, cursor: prices, limit: PAGE_SIZE }),
    load<RatePage>(path, "/rates", { cursor: rates, limit: PAGE_SIZE }),
    currentUser(),
  ]);
}

export default async function PricesPage({ searchParams }: PageProps<"/investments/prices">) {
  const { t } = await getI18n();
  const query = readPricesQuery(await searchParams);
  const { prices: priceCursor, ...withoutPrices } = query;
  const { rates: rateCursor, ...withoutRates } = query;
  return (
    <Messages of={["investments"]}>
      <PageHeader title={t("investments.section.prices")} intro={t("investments.pricesIntro")}>
        <Sections current="prices" />
      </PageHeader>
      <Loaded load={() => loadMarket(query, address(PATH, query))}>
        {([securities, prices, rates, user]) => (
          <>
            <Panel title={t("investments.securities")} aside={securities.length > 0 && <AddSecurity currency={user?.currency} />}>
              {securities.length > 0 ? (
                <SecurityList securities={securities} />
              ) : (
                <EmptyState title={t("investments.noSecurities")} detail={t("investments.empty.security")}>
                  <AddSecurity currency={user?.currency} variant="primary" />
                </EmptyState>
              )}
            </Panel>
            {securities.length > 0 && (
              <Panel
                title={t("investments.prices")}
                aside={
                  <div className={styles.actions}>
                    <PriceActions securities={choicesFrom([], securities, []).securities} chosen={query.security_id} />
                  </div>
                }
              >
                {securities.length > 1 && (
                  <ChoiceLinks
                    label={t("investments.security")}
                    current={query.security_id ?? ALL}
                    choices={[{ id: ALL, symbol: t("investments.anySecurity") }, ...securities].map(({ id, symbol }) => ({
                      key: id,
                      text: symbol,
                      href: address(PATH, id ? { security_id: id } : {}),
                    }))}
                  />
                )}
                {prices.items.length > 0 ? <PriceList prices={prices.items} securities={securities} /> : <p>{t("investments.noPrices")}</p>}
                <Pages label={t("investments.pricePages")} path={PATH} parameters={withoutPrices} name="prices" cursor={priceCursor} next={prices.next_cursor} />
              </Panel>
            )}
            <Panel
              title={t("investments.rates")}
              aside={
                <div className={styles.actions}>
                  <RateActions currency={user?.currency} />
                </div>
              }
            >
              {rates.items.length > 0 ? <RateList rates={rates.items} /> : <p>{t("investments.noRates")}</p>}
              <Pages label={t("investments.ratePages")} path={PATH} parameters={withoutRates} name="rates" cursor={rateCursor} next={rates.next_cursor} />
            </Panel>
          </>
        )}
      </Loaded>
    </Messages>
  );
}
