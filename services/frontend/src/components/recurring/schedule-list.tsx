import { frequencyText } from "@/components/recurring/frequency";
import { ScheduleActions } from "@/components/recurring/schedule-actions";
import { type Lists, namesOf } from "@/components/rules/lists";
import { Amount } from "@/components/ui/amount";
import type { Recurring } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./recurring.module.css";

export function ScheduleList({ schedules, lists }: { schedules: Recurring[]; lists: Lists }) {
  const i18n = useI18n();
  const { t, formatDate } = i18n;
  const accounts = namesOf(lists.accounts);
  const categories = namesOf(lists.categories);
  return (
    <ul className={styles.list}>
      {schedules.map((one) => {
        const details = [accounts.get(one.account_id ?? ""), categories.get(one.category_id ?? "")].filter((name) => name !== undefined);
        return (
          <li key={one.id} className={styles.schedule}>
            <div className={styles.what}>
              <h3 className={styles.name}>
                <bdi>{one.name}</bdi>
              </h3>
              <p className={styles.detail}>{frequencyText(i18n, one.rule, one.start_date, one.end_date)}</p>
              <p className={styles.detail}>
                {t(`recurring.does.${one.kind}`)}
                {details.map((name) => (
                  <span key={name}>
                    {" · "}
                    <bdi>{name}</bdi>
                  </span>
                ))}
              </p>
            </div>
            <div className={styles.figures}>
              <p className={styles.sum}>
                <Amount money={one.amount} sign="exceptZero" />
              </p>
              <p className={one.paused ? styles.paused : styles.detail}>
                {one.paused ? t("recurring.paused") : one.next_date ? t("recurring.next", { date: formatDate(one.next_date) }) : t("recurring.ended")}
              </p>
            </div>
            <ScheduleActions id={one.id} name={one.name} paused={one.paused} hasEnded={one.next_date === null} lists={lists} />
          </li>
        );
      })}
    </ul>
  );
}
