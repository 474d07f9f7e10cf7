import { choicesFrom } from "@/components/investments/choices";
import { AddTrade } from "@/components/investments/investment-actions";
import { Pages } from "@/components/investments/pages";
import { address, isFiltered, readTradesQuery, type TradesQuery } from "@/components/investments/query";
import { Sections } from "@/components/investments/sections";
import { TradeFilters } from "@/components/investments/trade-filters";
import { TradeList } from "@/components/investments/trade-list";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { load } from "@/lib/api/server";
import type { Account, Category, Security, TradePage } from "@/lib/api/schema";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";

export const generateMetadata = titled("investments.section.trades");

const PATH = "/investments/trades";
const PAGE_SIZE = "25";

function loadTrades(query: TradesQuery) {
  const path = address(PATH, query);
  return Promise.all([
    load<TradePage>(path, "/trades", { ...query, limit: PAGE_SIZE }),
    load<Account[]>(path, "/accounts"),
    load<Security[]>(path, "/securities"),
    load<Category[]>(path, "/categories"),
  ]);
}

export default async function TradesPage({ searchParams }: PageProps<"/investments/trades">) {
  const { t } = await getI18n();
  const query = readTradesQuery(await searchParams);
  const { cursor, ...filters } = query;
  return (
    <Messages of={["investments"]}>
      <PageHeader title={t("investments.section.trades")} intro={t("investments.tradesIntro")}>
        <Sections current="trades" />
      </PageHeader>
      <Loaded load={() => loadTrades(query)}>
        {([{ items, next_cursor }, accounts, securities, categories]) => {
          const choices = choicesFrom(accounts, securities, categories);
          const ready = choices.accounts.length > 0 && securities.length > 0;
          if (items.length === 0 && !isFiltered(query)) {
            return (
              <Panel>
                <EmptyState title={t("investments.noTrades")} detail={t(ready ? "investments.empty.trade" : "investments.emptyTrades")}>
                  {ready ? <AddTrade choices={choices} /> : <ButtonLink href="/investments">{t("investments.section.portfolio")}</ButtonLink>}
                </EmptyState>
              </Panel>
            );
          }
          return (
            <Panel title={t("investments.allTrades")} aside={ready && <AddTrade choices={choices} />}>
              <TradeFilters query={filters} accounts={accounts.filter(({ kind }) => kind === "investment")} securities={choices.securities} />
              {items.length > 0 ? <TradeList trades={items} accounts={accounts} categories={choices.categories} /> : <p>{t("investments.noMatch")}</p>}
              <Pages label={t("investments.tradePages")} path={PATH} parameters={filters} name="cursor" cursor={cursor} next={next_cursor} />
            </Panel>
          );
        }}
      </Loaded>
    </Messages>
  );
}
