import { AddTransaction } from "@/components/transactions/add-transaction";
import { Filters } from "@/components/transactions/filters";
import { Ledger } from "@/components/transactions/ledger";
import type { Lists } from "@/components/transactions/lists";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { load } from "@/lib/api/server";
import type { Account, Category, Tag, TransactionPage } from "@/lib/api/schema";
import { apiQuery, isFiltered, pagePath, readQuery, type TransactionsQuery, withoutCursor } from "@/lib/transactions-query";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";
import styles from "./page.module.css";

export const generateMetadata = titled("transactions.title");

const PAGE_SIZE = "50";

async function loadLists(path: string): Promise<Lists> {
  const [accounts, categories, tags] = await Promise.all([
    load<Account[]>(path, "/accounts"),
    load<Category[]>(path, "/categories"),
    load<Tag[]>(path, "/tags"),
  ]);
  return { accounts, categories, tags };
}

export default async function TransactionsPage({ searchParams }: PageProps<"/transactions">) {
  const { t } = await getI18n();
  const query = readQuery(await searchParams);
  const path = pagePath(query);
  // Both are asked for at once, and awaited where a failure is shown.
  const lists = loadLists(path);
  const page = load<TransactionPage>(path, "/transactions", { ...apiQuery(query), limit: PAGE_SIZE });
  for (const loading of [lists, page]) loading.catch(() => undefined);
  return (
    <Messages of={["transactions"]}>
      <PageHeader title={t("transactions.title")}>
        <Add lists={lists} />
      </PageHeader>
      <Loaded load={() => lists}>
        {(lists) =>
          lists.accounts.length === 0 ? (
            <Panel>
              <EmptyState title={t("transactions.none")} detail={t("transactions.noAccount")}>
                <ButtonLink href="/accounts">{t("accounts.add")}</ButtonLink>
              </EmptyState>
            </Panel>
          ) : (
            <>
              <Panel>
                <Filters query={query} lists={lists} />
              </Panel>
              <Loaded load={() => page}>{(found) => <Found query={query} lists={lists} page={found} />}</Loaded>
            </>
          )
        }
      </Loaded>
    </Messages>
  );
}

async function Add({ lists }: { lists: Promise<Lists> }) {
  const found = await lists.catch(() => undefined);
  return found && found.accounts.length > 0 ? <AddTransaction lists={found} /> : null;
}

async function Found({ query, lists, page: { items, next_cursor } }: { query: TransactionsQuery; lists: Lists; page: TransactionPage }) {
  const { t } = await getI18n();
  return (
    <Panel>
      {items.length > 0 ? (
        <Ledger key={pagePath(query)} items={items} lists={lists} ofAccount={query.account_id !== undefined} />
      ) : isFiltered(query) ? (
        <EmptyState title={t("transactions.noMatch")} detail={t("transactions.noMatchDetail")}>
          <ButtonLink href="/transactions" variant="secondary">
            {t("transactions.clear")}
          </ButtonLink>
        </EmptyState>
      ) : (
        <EmptyState title={t("transactions.none")} detail={t("transactions.noneDetail")}>
          <ButtonLink href="/import">{t("transactions.import")}</ButtonLink>
        </EmptyState>
      )}
      {(query.cursor || next_cursor) && (
        <nav aria-label={t("transactions.pages")} className={styles.pages}>
          {query.cursor && (
            <ButtonLink href={{ query: { ...withoutCursor(query) } }} variant="secondary">
              {t("transactions.newest")}
            </ButtonLink>
          )}
          {next_cursor && (
            <ButtonLink href={{ query: { ...query, cursor: next_cursor } }} variant="secondary">
              {t("transactions.older")}
            </ButtonLink>
          )}
        </nav>
      )}
    </Panel>
  );
}
