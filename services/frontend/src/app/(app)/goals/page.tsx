import { AddGoal } from "@/components/goals/goal-actions";
import { GoalList } from "@/components/goals/goal-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { currentUser, load } from "@/lib/api/server";
import type { Account, Goal } from "@/lib/api/schema";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";

export const generateMetadata = titled("goals.title");

export default async function GoalsPage() {
  const { t } = await getI18n();
  return (
    <Messages of={["goals"]}>
      <Loaded load={() => Promise.all([load<Goal[]>("/goals", "/goals"), load<Account[]>("/goals", "/accounts"), currentUser()])}>
        {([goals, accounts, user]) => {
          const add = <AddGoal currency={user?.currency} accounts={accounts.filter(({ archived }) => !archived)} />;
          return (
            <>
              <PageHeader title={t("goals.title")} intro={t("goals.intro")}>
                {goals.length > 0 && add}
              </PageHeader>
              {goals.length > 0 ? (
                <GoalList goals={goals} accounts={accounts} />
              ) : (
                <Panel>
                  <EmptyState title={t("goals.emptyTitle")} detail={t("goals.emptyDetail")}>
                    {add}
                  </EmptyState>
                </Panel>
              )}
            </>
          );
        }}
      </Loaded>
    </Messages>
  );
}
