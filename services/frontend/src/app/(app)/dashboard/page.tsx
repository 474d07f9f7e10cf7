import type { Route } from "next";
import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import Loading from "@/app/(app)/loading";
import { Alerts } from "@/components/dashboard/alerts";
import { BudgetRings } from "@/components/dashboard/budget-rings";
import { CategoryChart } from "@/components/dashboard/category-chart";
import { loadAccounts, loadCategories, loadLatest, loadSummary } from "@/components/dashboard/data";
import { FirstSteps } from "@/components/dashboard/first-steps";
import { MonthFlow } from "@/components/dashboard/month-flow";
import { MonthPicker } from "@/components/dashboard/month-picker";
import { NetWorth } from "@/components/dashboard/net-worth";
import { UpcomingPayments } from "@/components/dashboard/upcoming";
import { TransactionList } from "@/components/transactions/transaction-list";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader } from "@/components/ui/panel";
import { Section } from "@/components/ui/section";
import { load } from "@/lib/api/server";
import type { Anomalies, BudgetMonth, NetWorthHistory, NotificationPage, Upcoming } from "@/lib/api/schema";
import { currentMonth, isMonth } from "@/lib/dates";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";
import styles from "./page.module.css";

export const generateMetadata = titled("dashboard.title");

export default async function DashboardPage({ searchParams }: PageProps<"/dashboard">) {
  const { t } = await getI18n();
  const newest = currentMonth();
  const wanted = (await searchParams).month;
  const month = isMonth(wanted) ? wanted : newest;
  return (
    <Messages of={["dashboard", "demo", "transactions"]}>
      <PageHeader title={t("dashboard.title")}>
        <MonthPicker month={month} newest={newest} />
      </PageHeader>
      <Suspense fallback={<Loading />}>
        <Newcomer path={`/dashboard?month=${month}`}>
          <Panels month={month} />
        </Newcomer>
      </Suspense>
    </Messages>
  );
}

/** Shows the first steps to whoever has no transaction yet, and the overview to everyone else, also while that can't be told. */
async function Newcomer({ path, children }: { path: string; children: ReactNode }) {
  const [latest, accounts] = await Promise.allSettled([loadLatest(path), loadAccounts(path)]);
  // Where nothing answers it is said once, not by each panel; and whoever isn't signed in is led there.
  if (latest.status === "rejected" && accounts.status === "rejected") return <Loaded load={() => loadLatest(path)}>{() => null}</Loaded>;
  const none = latest.status === "fulfilled" && latest.value.items.length === 0;
  return none ? <FirstSteps hasAccount={accounts.status === "fulfilled" && accounts.value.length > 0} /> : children;
}

async function Panels({ month }: { month: string }) {
  const { t, formatMonth } = await getI18n();
  const path = `/dashboard?month=${month}`;
  const more = (href: string) => <Link href={href as Route}>{t("dashboard.all")}</Link>;
  return (
    <div className={styles.container}>
      <div className={styles.panels}>
        <div className={styles.wide}>
          <Section title={t("dashboard.netWorth")} aside={more("/insights")} size="medium">
            {async () => <NetWorth history={await load<NetWorthHistory>(path, "/insight/net-worth")} />}
          </Section>
        </div>
        <Section title={formatMonth(month)} aside={<Link href="/insights">{t("dashboard.compare")}</Link>} size="medium">
          {async () => <MonthFlow summary={await loadSummary(path, month)} />}
        </Section>
        <Section title={t("dashboard.budgets")} aside={more("/budgets")} size="medium">
          {async () => <BudgetRings budgets={(await load<BudgetMonth>(path, "/budgets/status", { month })).budgets} />}
        </Section>
        <Section title={t("dashboard.upcoming")} aside={more("/recurring")} size="medium">
          {async () => <UpcomingPayments items={await load<Upcoming[]>(path, "/recurring/upcoming", { days: "30" })} />}
        </Section>
        <Section title={t("dashboard.alerts")} aside={more("/notifications")} size="medium">
          {async () => {
            const [notifications, anomalies, categories] = await Promise.all([
              load<NotificationPage>(path, "/notifications", { unread: "true", limit: "3" }),
              load<Anomalies>(path, "/insight/anomalies", { months: "2" }),
              loadCategories(path),
            ]);
            return (
              <Alerts
                notifications={notifications.items}
                anomalies={anomalies.items.slice(0, 3)}
                categoryIds={new Map(categories.map(({ id, name }) => [name, id]))}
              />
            );
          }}
        </Section>
        <div className={styles.half}>
          <Section title={t("dashboard.categories")} size="large">
            {async () => <CategoryChart month={month} categories={(await loadSummary(path, month)).categories} />}
          </Section>
        </div>
        <div className={styles.half}>
          <Section title={t("dashboard.recent")} aside={more("/transactions")} size="large">
            {async () => {
              const [latest, accounts, categories] = await Promise.all([loadLatest(path), loadAccounts(path), loadCategories(path)]);
              return <TransactionList items={latest.items} accounts={accounts} categories={categories} />;
            }}
          </Section>
        </div>
      </div>
    </div>
  );
}
