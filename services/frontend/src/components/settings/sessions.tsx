import { EndSession, SignOutEverywhere } from "@/components/settings/session-actions";
import { Moment } from "@/components/ui/moment";
import type { Session } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./list.module.css";

export function Sessions({ sessions }: { sessions: Session[] }) {
  const { t } = useI18n();
  return (
    <>
      <ul className={styles.list}>
        {sessions.map((session) => {
          const device = session.device ?? t("settings.unknownDevice");
          return (
            <li key={session.id} className={styles.row}>
              <div>
                <p className={styles.name}>
                  <bdi>{device}</bdi> {session.current && <span className={styles.badge}>{t("settings.thisSession")}</span>}
                </p>
                <p className={styles.detail}>
                  {t("settings.lastSeen")}: <Moment at={session.last_seen_at} /> · {t("settings.signedInAt")}: <Moment at={session.created_at} />
                </p>
              </div>
              {!session.current && <EndSession id={session.id} device={device} />}
            </li>
          );
        })}
      </ul>
      <SignOutEverywhere />
    </>
  );
}
