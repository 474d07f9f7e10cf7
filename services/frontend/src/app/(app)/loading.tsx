import { t } from "@/lib/i18n";
import styles from "./loading.module.css";

export default function Loading() {
  return (
    <p role="status" className={styles.loading}>
      {t("app.loading")}
    </p>
  );
}
