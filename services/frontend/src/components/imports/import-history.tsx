import { UndoButton } from "@/components/imports/undo-button";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { ImportPage } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./import-history.module.css";

interface ImportHistoryProps {
  page: ImportPage;
  /** Older ones than the newest. */
  isOlder: boolean;
}

export function ImportHistory({ page, isOlder }: ImportHistoryProps) {
  const { t } = useI18n();
  return (
    <Panel title={t("imports.history")}>
      {page.items.length === 0 ? (
        <EmptyState title={t("imports.historyNone")} detail={t("imports.historyNoneDetail")} />
      ) : (
        <ul className={styles.list}>
          {page.items.map((one) => (
            <li key={one.id} className={styles.item}>
              <div className={styles.what}>
                <p className={styles.name}>
                  <bdi>{one.filename}</bdi>
                </p>
                <p className={styles.detail}>
                  {t(`imports.format.${one.format}`)} · <bdi>{one.account_name}</bdi> · <Moment at={one.created_at} />
                </p>
              </div>
              <p className={styles.counts}>
                {t("imports.historyCount", { count: one.imported })}
                {one.duplicates > 0 && <span className={styles.detail}>{t("imports.duplicates", { count: one.duplicates })}</span>}
              </p>
              <UndoButton id={one.id} filename={one.filename} />
            </li>
          ))}
        </ul>
      )}
      {(isOlder || page.next_cursor) && (
        <nav aria-label={t("imports.historyPages")} className={styles.pages}>
          {isOlder && (
            <ButtonLink href="/import" variant="secondary" scroll={false}>
              {t("imports.historyNewest")}
            </ButtonLink>
          )}
          {page.next_cursor && (
            <ButtonLink href={{ pathname: "/import", query: { cursor: page.next_cursor } }} variant="secondary" scroll={false}>
              {t("imports.historyOlder")}
            </ButtonLink>
          )}
        </nav>
      )}
    </Panel>
  );
}
