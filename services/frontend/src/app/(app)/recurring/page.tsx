import Link from "next/link";
import { AddRecurring } from "@/components/recurring/schedule-actions";
import { ScheduleList } from "@/components/recurring/schedule-list";
import { SuggestionList } from "@/components/recurring/suggestion-list";
import { UpcomingList } from "@/components/recurring/upcoming-list";
import { listsOf } from "@/components/rules/lists";
import { EmptyState } from "@/components/ui/empty-state";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { currentUser, load } from "@/lib/api/server";
import type { Account, Category, Recurring, Suggestion, Upcoming } from "@/lib/api/schema";
import { today } from "@/lib/dates";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";
import styles from "@/components/recurring/recurring.module.css";

const RANGES = ["30", "60", "90"];

export const generateMetadata = titled("recurring.title");

export default async function RecurringPage({ searchParams }: PageProps<"/recurring">) {
  const { t } = await getI18n();
  const wanted = (await searchParams).days;
  const days = RANGES.find((range) => range === wanted) ?? RANGES[0]!;
  const read = () =>
    Promise.all([
      load<Recurring[]>("/recurring", "/recurring"),
      load<Upcoming[]>("/recurring", "/recurring/upcoming", { days }),
      load<Suggestion[]>("/recurring", "/recurring/suggestions"),
      load<Account[]>("/recurring", "/accounts"),
      load<Category[]>("/recurring", "/categories"),
      currentUser(),
    ]);
  return (
    <Messages of={["recurring"]}>
      <PageHeader title={t("recurring.title")} intro={t("recurring.intro")} />
      <Loaded load={read}>
        {([schedules, upcoming, suggestions, accounts, categories, user]) => {
          const lists = listsOf(
            accounts.filter(({ id, archived }) => !archived || schedules.some(({ account_id }) => account_id === id)),
            categories,
          );
          const add = <AddRecurring currency={user?.currency} lists={lists} />;
          return (
            <>
              {schedules.length === 0 ? (
                <Panel>
                  <EmptyState title={t("recurring.none")} detail={t("recurring.noneDetail")}>
                    {add}
                  </EmptyState>
                </Panel>
              ) : (
                <>
                  <Panel
                    title={t("recurring.upcoming")}
                    aside={
                      <nav aria-label={t("recurring.ranges")} className={styles.ranges}>
                        {RANGES.map((range) => (
                          <Link key={range} href={{ pathname: "/recurring", query: { days: range } }} scroll={false} aria-current={range === days ? "page" : undefined} className={styles.range}>
                            {t("recurring.range", { count: Number(range) })}
                          </Link>
                        ))}
                      </nav>
                    }
                  >
                    {upcoming.length === 0 ? (
                      <p className={styles.quiet}>{t("recurring.upcomingNone", { count: Number(days) })}</p>
                    ) : (
                      <UpcomingList upcoming={upcoming} today={today()} lists={lists} />
                    )}
                  </Panel>
                  <Panel title={t("recurring.all")} aside={add}>
                    <ScheduleList schedules={schedules} lists={lists} />
                  </Panel>
                </>
              )}
              {suggestions.length > 0 && (
                <Panel title={t("recurring.suggestions")}>
                  <p className={styles.quiet}>{t("recurring.suggestionsIntro")}</p>
                  <SuggestionList suggestions={suggestions} currency={user?.currency} lists={lists} />
                </Panel>
              )}
            </>
          );
        }}
      </Loaded>
    </Messages>
  );
}
