import { useI18n } from "#i18n";
import styles from "./loading.module.css";

export default function Loading() {
  const { t } = useI18n();
  return (
    <p role="status" className={styles.loading}>
      {t("app.loading")}
    </p>
  );
}
