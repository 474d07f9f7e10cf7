import { Arrow } from "@/components/transactions/marks";
import hidden from "@/components/ui/visually-hidden.module.css";
import { useI18n } from "#i18n";
import styles from "./transfer.module.css";

/** “From A to B”, drawn as an arrow along the line of writing. */
export function Transfer({ from, to }: { from: string; to: string }) {
  const { t } = useI18n();
  return (
    <>
      <span className={hidden.hidden}>{t("transactions.fromTo", { from, to })}</span>
      <span aria-hidden className={styles.transfer}>
        <bdi>{from}</bdi>
        <Arrow />
        <bdi>{to}</bdi>
      </span>
    </>
  );
}
