import { ProfileActions } from "@/components/imports/profile-actions";
import { Panel } from "@/components/ui/panel";
import type { ImportProfile } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./import-history.module.css";

export function ProfileList({ profiles }: { profiles: ImportProfile[] }) {
  const { t } = useI18n();
  if (profiles.length === 0) return null;
  return (
    <Panel title={t("imports.profiles")}>
      <p className={styles.intro}>{t("imports.profilesIntro")}</p>
      <ul className={styles.list}>
        {profiles.map((one) => (
          <li key={one.id} className={styles.item}>
            <div className={styles.what}>
              <p className={styles.name}>
                <bdi>{one.name}</bdi>
              </p>
              <p className={styles.detail}>
                <bdi>{one.header.length > 0 ? one.header.join(" · ") : t("imports.profileBare")}</bdi>
              </p>
            </div>
            <ProfileActions id={one.id} name={one.name} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
