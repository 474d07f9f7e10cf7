import { GoalActions } from "@/components/goals/goal-actions";
import { paceText, planText } from "@/components/goals/plan";
import { Ring } from "@/components/goals/ring";
import { Amount } from "@/components/ui/amount";
import type { Account, Goal, GoalState } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./goal-list.module.css";

const SIGNS: Record<GoalState, string> = {
  reached: "m5 12.5 4.5 4.5L19 7",
  on_track: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm-3.5 8.2 2.5 2.5 4.5-5",
  open: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z",
  behind: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 3.5V12l3 2",
  overdue: "M12 4.5 3.5 19.5h17L12 4.5Zm0 5.5v4.5m0 2.5v.01",
};

export function GoalList({ goals, accounts }: { goals: Goal[]; accounts: Account[] }) {
  const i18n = useI18n();
  const { t, formatMoney } = i18n;
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return (
    <ul className={styles.list}>
      {goals.map((goal) => {
        const pace = paceText(i18n, goal);
        return (
          <li key={goal.id} className={styles.goal}>
            <div className={styles.head}>
              <Ring goal={goal} />
              <div className={styles.title}>
                <h2 dir="auto" className={styles.name}>
                  {goal.name}
                </h2>
                <p>
                  <span className={styles.saved}>
                    <Amount money={goal.saved} />
                  </span>{" "}
                  <span className={styles.target}>{t("goals.ofTarget", { target: formatMoney(goal.target) })}</span>
                </p>
                <p className={`${styles.state} ${styles[goal.state]}`}>
                  <svg aria-hidden width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
                    <path d={SIGNS[goal.state]} />
                  </svg>
                  {t(`goals.state.${goal.state}`)}
                </p>
              </div>
            </div>
            <div className={styles.plan}>
              <p>{planText(i18n, goal)}</p>
              {pace && <p className={styles.detail}>{pace}</p>}
              {goal.account_ids.length > 0 && (
                <p className={styles.detail}>
                  {t("goals.follows")} <bdi>{goal.account_ids.map((id) => names.get(id)).join(" · ")}</bdi>
                </p>
              )}
            </div>
            <div className={styles.actions}>
              <GoalActions
                id={goal.id}
                name={goal.name}
                currency={goal.target.currency}
                byHand={goal.account_ids.length === 0}
                accounts={accounts.filter(({ id, archived }) => !archived || goal.account_ids.includes(id))}
              />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
