import Link from "next/link";
import { CategoryChart } from "@/components/dashboard/category-chart";
import { FirstSteps } from "@/components/dashboard/first-steps";
import { MonthPicker } from "@/components/dashboard/month-picker";
import { Totals } from "@/components/dashboard/totals";
import { TransactionList } from "@/components/transactions/transaction-list";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { load } from "@/lib/api/server";
import type { Account, Category, MonthlySummary, TransactionPage } from "@/lib/api/schema";
import { currentMonth, isMonth } from "@/lib/dates";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";
import styles from "./page.module.css";

export const generateMetadata = titled("dashboard.title");

const RECENT = "6";

async function loadDashboard(month: string) {
  const path = `/dashboard?month=${month}`;
  const [summary, recent, accounts, categories] = await Promise.all([
    load<MonthlySummary>(path, "/summary/monthly", { month }),
    load<TransactionPage>(path, "/transactions", { limit: RECENT }),
    load<Account[]>(path, "/accounts"),
    load<Category[]>(path, "/categories"),
  ]);
  return { summary, recent: recent.items, accounts, categories };
}

export default async function DashboardPage({ searchParams }: PageProps<"/dashboard">) {
  const { t } = await getI18n();
  const newest = currentMonth();
  const wanted = (await searchParams).month;
  const month = isMonth(wanted) ? wanted : newest;
  return (
    <Messages of={["dashboard", "transactions"]}>
      <PageHeader title={t("dashboard.title")}>
        <MonthPicker month={month} newest={newest} />
      </PageHeader>
      <Loaded load={() => loadDashboard(month)}>
        {({ summary, recent, accounts, categories }) =>
          recent.length === 0 ? (
            <FirstSteps hasAccount={accounts.length > 0} />
          ) : (
            <>
              <Totals summary={summary} />
              <div className={styles.columns}>
                <Panel title={t("dashboard.categories")}>
                  <CategoryChart month={month} categories={summary.categories} />
                </Panel>
                <Panel title={t("dashboard.recent")} aside={<Link href="/transactions">{t("dashboard.all")}</Link>}>
                  <TransactionList items={recent} accounts={accounts} categories={categories} />
                </Panel>
              </div>
            </>
          )
        }
      </Loaded>
    </Messages>
  );
}
