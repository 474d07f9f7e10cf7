import { OccurrenceActions } from "@/components/recurring/occurrence-actions";
import { type Lists, namesOf } from "@/components/rules/lists";
import { Amount } from "@/components/ui/amount";
import type { Upcoming } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./recurring.module.css";

/** What is due, by days in their order. */
export function UpcomingList({ upcoming, today, lists }: { upcoming: Upcoming[]; today: string; lists: Lists }) {
  const { t, formatDate } = useI18n();
  const accounts = namesOf(lists.accounts);
  const days = [...new Set(upcoming.map(({ date }) => date))];
  return (
    <ol className={styles.days}>
      {days.map((day) => (
        <li key={day} className={styles.day}>
          <p className={day < today ? styles.overdue : styles.date}>
            <time dateTime={day}>{formatDate(day, { weekday: "short", day: "numeric", month: "short" })}</time>
            {day <= today && <span className={styles.mark}>{t(day < today ? "recurring.overdue" : "recurring.today")}</span>}
          </p>
          <ul className={styles.list}>
            {upcoming
              .filter(({ date }) => date === day)
              .map((one) => (
                <li key={one.recurring_id} className={styles.occurrence}>
                  <div className={styles.what}>
                    <p className={styles.name}>
                      <bdi>{one.name}</bdi>
                    </p>
                    <p className={styles.detail}>
                      {t(`recurring.does.${one.kind}`)}
                      {one.account_id && (
                        <>
                          {" · "}
                          <bdi>{accounts.get(one.account_id)}</bdi>
                        </>
                      )}
                    </p>
                  </div>
                  <p className={styles.sum}>
                    <Amount money={one.amount} sign="exceptZero" />
                  </p>
                  <OccurrenceActions occurrence={one} today={today} />
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
