import hidden from "@/components/ui/visually-hidden.module.css";
import { useI18n } from "#i18n";
import styles from "./skeleton.module.css";

/** Stands where a text or a list will be, so that nothing jumps when it comes; it shows only when that takes its time. */
export function Skeleton({ lines }: { lines: number }) {
  const { t } = useI18n();
  return (
    <div role="status" className={styles.skeleton}>
      <span className={hidden.hidden}>{t("app.loading")}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden className={styles.line} />
      ))}
    </div>
  );
}
