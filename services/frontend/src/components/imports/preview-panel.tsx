import { PreviewTable } from "@/components/imports/preview-table";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { ImportPreview } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./preview-panel.module.css";

interface PreviewPanelProps {
  preview: ImportPreview;
  importing: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

export function PreviewPanel({ preview, importing, onConfirm, onCancel }: PreviewPanelProps) {
  const { t } = useI18n();
  const { totals, rows, errors } = preview;
  return (
    <Panel title={t("imports.previewTitle")}>
      <div role="status" className={styles.counts}>
        <span className={styles.rows}>{t("imports.rows", { count: totals.rows })}</span>
        <span className={styles.new}>{t("imports.found", { count: totals.new })}</span>
        {totals.duplicates > 0 && <span className={styles.duplicate}>{t("imports.duplicates", { count: totals.duplicates })}</span>}
        {totals.refused > 0 && <span className={styles.error}>{t("imports.errors", { count: totals.refused })}</span>}
      </div>
      {totals.refused > 0 && (
        <Notice tone="error">
          <p>{t("imports.errorsBlock")}</p>
          <ul className={styles.errors}>
            {errors.map(({ row, message }) => (
              <li key={`${row}-${message}`}>{t("imports.errorRow", { row, message })}</li>
            ))}
          </ul>
          {totals.refused > errors.length && <p>{t("imports.moreErrors", { count: totals.refused - errors.length })}</p>}
        </Notice>
      )}
      {rows.length > 0 && <PreviewTable rows={rows} count={totals.new + totals.duplicates} />}
      {preview.date_format && (
        <p className={styles.reading}>{t("imports.readAs", { format: preview.date_format, encoding: preview.encoding })}</p>
      )}
      <div className={styles.buttons}>
        {totals.refused === 0 && totals.new > 0 ? (
          <Button disabled={importing} onClick={onConfirm}>
            {importing ? t("imports.importing") : t("imports.confirm", { count: totals.new })}
          </Button>
        ) : (
          totals.refused === 0 && <p className={styles.nothing}>{t("imports.nothingNew")}</p>
        )}
        <Button variant="quiet" disabled={importing} onClick={onCancel}>
          {t("imports.cancel")}
        </Button>
      </div>
    </Panel>
  );
}
