import { useI18n } from "#i18n";
import styles from "./brand.module.css";

export function Brand() {
  const { t } = useI18n();
  return (
    <span className={styles.brand}>
      <svg aria-hidden width="28" height="28" viewBox="0 0 32 32">
        <rect width="32" height="32" rx="9" className={styles.tile} />
        <path d="M8 20.5c3.2 0 3.4-7 7-7s3.6 5 6 5 2-8 5-8" className={styles.line} />
      </svg>
      {t("app.name")}
    </span>
  );
}
