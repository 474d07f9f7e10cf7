import { AnomalyList } from "@/components/insights/anomaly-list";
import { Moment } from "@/components/ui/moment";
import type { Anomaly, Notification } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./rows.module.css";

interface AlertsProps {
  notifications: readonly Notification[];
  anomalies: readonly Anomaly[];
  categoryIds: ReadonlyMap<string, string>;
}

/** What wants attention: unread notifications, and spending that is out of the ordinary. */
export function Alerts({ notifications, anomalies, categoryIds }: AlertsProps) {
  const { t } = useI18n();
  if (notifications.length === 0 && anomalies.length === 0) return <p className={styles.calm}>{t("dashboard.noAlerts")}</p>;
  return (
    <>
      {notifications.length > 0 && (
        <ul className={styles.rows}>
          {notifications.map(({ id, title, created_at }) => (
            <li key={id} className={styles.row}>
              <p>
                <bdi className={styles.name}>{title}</bdi>
                <span className={styles.detail}>
                  <Moment at={created_at} />
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
      {anomalies.length > 0 && <AnomalyList items={anomalies} categoryIds={categoryIds} brief />}
    </>
  );
}
