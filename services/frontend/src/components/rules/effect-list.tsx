import { type Lists, namesOf } from "@/components/rules/lists";
import { Amount } from "@/components/ui/amount";
import type { Effect } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./effect-list.module.css";

/** What would become of each transaction. */
export function EffectList({ effects, lists }: { effects: Effect[]; lists: Lists }) {
  const { t, formatDate } = useI18n();
  const categories = namesOf(lists.categories);
  const accounts = namesOf(lists.accounts);

  function changes({ transaction: before, ...after }: Effect): string[] {
    const category = (id: string | null) => (id ? (categories.get(id) ?? t("rules.gone")) : t("rules.uncategorised"));
    const found: string[] = [];
    if (after.payee !== before.payee) found.push(t("rules.change.payee", { after: after.payee }));
    if (after.transfer_account_id) {
      found.push(t("rules.change.transfer", { account: accounts.get(after.transfer_account_id) ?? t("rules.gone") }));
    } else if (after.category_id !== before.category_id) {
      found.push(t("rules.change.category", { before: category(before.category_id), after: category(after.category_id) }));
    }
    const added = after.tags.filter((tag) => !before.tags.includes(tag));
    if (added.length > 0) found.push(t("rules.change.tags", { tags: added.join(" · ") }));
    if (after.status !== before.status) found.push(t("rules.change.status", { after: t(`rules.status.${after.status}`) }));
    return found;
  }

  return (
    <ul className={styles.list}>
      {effects.map((effect) => (
        <li key={effect.transaction.id} className={styles.item}>
          <p className={styles.what}>
            <span className={styles.date}>{formatDate(effect.transaction.date)}</span> <bdi>{effect.transaction.payee}</bdi>
          </p>
          <Amount money={effect.transaction.amount} sign="exceptZero" />
          <ul className={styles.changes}>
            {changes(effect).map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
