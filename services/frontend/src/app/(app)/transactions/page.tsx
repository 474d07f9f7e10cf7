import Link from "next/link";
import { Filters } from "@/components/transactions/filters";
import { TransactionForm } from "@/components/transactions/transaction-form";
import { TransactionList } from "@/components/transactions/transaction-list";
import { ButtonLink } from "@/components/ui/button";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { load } from "@/lib/api/server";
import type { Account, Category, TransactionPage } from "@/lib/api/schema";
import { today } from "@/lib/dates";
import { isFiltered, pagePath, readQuery, type TransactionsQuery, withoutCursor } from "@/lib/transactions-query";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";
import styles from "./page.module.css";

export const generateMetadata = titled("transactions.title");

const PAGE_SIZE = "50";

function loadTransactions(query: TransactionsQuery) {
  const path = pagePath(query);
  return Promise.all([
    load<TransactionPage>(path, "/transactions", { ...query, limit: PAGE_SIZE }),
    load<Account[]>(path, "/accounts"),
    load<Category[]>(path, "/categories"),
  ]);
}

export default async function TransactionsPage({ searchParams }: PageProps<"/transactions">) {
  const { t } = await getI18n();
  const query = readQuery(await searchParams);
  return (
    <Messages of={["transactions"]}>
      <PageHeader title={t("transactions.title")} />
      <Loaded load={() => loadTransactions(query)}>
        {([{ items, next_cursor }, accounts, categories]) => (
          <>
            <Panel>
              <Filters query={query} accounts={accounts} categories={categories} />
              <details className={styles.add}>
                <summary>{t("transactions.add")}</summary>
                {accounts.length > 0 ? (
                  <TransactionForm accounts={accounts} categories={categories} today={today()} />
                ) : (
                  <p>
                    {t("transactions.noAccount")} <Link href="/accounts">{t("accounts.add")}</Link>
                  </p>
                )}
              </details>
            </Panel>
            <Panel>
              {items.length > 0 ? (
                <TransactionList items={items} accounts={accounts} categories={categories} />
              ) : (
                <p className={styles.none}>{t(isFiltered(query) ? "transactions.noMatch" : "transactions.none")}</p>
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
          </>
        )}
      </Loaded>
    </Messages>
  );
}
