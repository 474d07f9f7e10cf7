import { frequencyText } from "@/components/recurring/frequency";
import { AddRecurring } from "@/components/recurring/schedule-actions";
import type { Lists } from "@/components/rules/lists";
import { Amount } from "@/components/ui/amount";
import type { Suggestion } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./recurring.module.css";

export function SuggestionList({ suggestions, currency, lists }: { suggestions: Suggestion[]; currency: string | undefined; lists: Lists }) {
  const i18n = useI18n();
  const { t, formatDate } = i18n;
  return (
    <ul className={styles.list}>
      {suggestions.map((one) => (
        <li key={`${one.payee} ${one.account_id} ${one.rule}`} className={styles.occurrence}>
          <div className={styles.what}>
            <h3 className={styles.name}>
              <bdi>{one.name}</bdi>
            </h3>
            <p className={styles.detail}>
              {frequencyText(i18n, one.rule, one.start_date, null)} · {t("recurring.found", { count: one.count, date: formatDate(one.latest_date) })}
            </p>
          </div>
          <p className={styles.sum}>
            <Amount money={one.amount} sign="exceptZero" />
          </p>
          <div className={styles.take}>
            <AddRecurring suggestion={one} currency={currency} lists={lists} />
          </div>
        </li>
      ))}
    </ul>
  );
}
