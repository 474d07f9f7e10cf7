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
  // Asked for once, and awaited again where a failure is shown.
  const found = Promise.all([load<Goal[]>("/goals", "/goals"), load<Account[]>("/goals", "/accounts"), currentUser()]);
  const [goals, accounts, user] = await found.catch(() => [[], [], undefined] as const);
  const add = <AddGoal currency={user?.currency} accounts={accounts.filter(({ archived }) => !archived)} />;
  return (
    <Messages of={["goals"]}>
      <PageHeader title={t("goals.title")} intro={t("goals.intro")}>
        {goals.length > 0 && add}
      </PageHeader>
      <Loaded load={() => found}>
        {([goals, accounts]) =>
          goals.length > 0 ? (
            <GoalList goals={goals} accounts={accounts} />
          ) : (
            <Panel>
              <EmptyState title={t("goals.emptyTitle")} detail={t("goals.emptyDetail")}>
                {add}
              </EmptyState>
            </Panel>
          )
        }
      </Loaded>
    </Messages>
  );
}
