import { ButtonLink } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import type { AuditPage } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./audit-log.module.css";
import data from "./data.module.css";

export function AuditLog({ page, first }: { page: AuditPage; first: boolean }) {
  const { t, has } = useI18n();
  if (page.items.length === 0) return <p className={data.soft}>{t("settings.noAudit")}</p>;
  return (
    <>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("settings.audit")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("settings.when")}</th>
              <th scope="col">{t("settings.what")}</th>
              <th scope="col">{t("settings.from")}</th>
            </tr>
          </thead>
          <tbody>
            {page.items.map(({ id, at, event, address }) => {
              const key = `settings.event.${event}`;
              return (
                <tr key={id}>
                  <td>
                    <Moment at={at} />
                  </td>
                  <td>{has(key) ? t(key) : event}</td>
                  <td>
                    <bdi>{address}</bdi>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className={data.buttons}>
        {!first && (
          <ButtonLink variant="secondary" href="/settings#audit">
            {t("settings.newest")}
          </ButtonLink>
        )}
        {page.next_cursor && (
          <ButtonLink variant="secondary" href={{ pathname: "/settings", query: { audit: page.next_cursor }, hash: "audit" }}>
            {t("settings.older")}
          </ButtonLink>
        )}
      </div>
    </>
  );
}
