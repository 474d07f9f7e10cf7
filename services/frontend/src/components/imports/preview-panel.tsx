import { PreviewTable } from "@/components/imports/preview-table";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { ImportPreview } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import styles from "./preview-panel.module.css";

interface PreviewPanelProps {
  preview: ImportPreview;
  importing: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

export function PreviewPanel({ preview, importing, onConfirm, onCancel }: PreviewPanelProps) {
  const { totals, rows, errors } = preview;
  return (
    <Panel title={t("import.previewTitle")}>
      <div role="status" className={styles.counts}>
        <span className={styles.rows}>{t("import.rows", { count: totals.rows })}</span>
        <span className={styles.new}>{t("import.found", { count: totals.new })}</span>
        {totals.duplicates > 0 && <span className={styles.duplicate}>{t("import.duplicates", { count: totals.duplicates })}</span>}
        {totals.refused > 0 && <span className={styles.error}>{t("import.errors", { count: totals.refused })}</span>}
      </div>
      {totals.refused > 0 && (
        <Notice tone="error">
          <p>{t("import.errorsBlock")}</p>
          <ul className={styles.errors}>
            {errors.map(({ row, message }) => (
              <li key={`${row}-${message}`}>{t("import.errorRow", { row, message })}</li>
            ))}
          </ul>
          {totals.refused > errors.length && <p>{t("import.moreErrors", { count: totals.refused - errors.length })}</p>}
        </Notice>
      )}
      {rows.length > 0 && <PreviewTable rows={rows} count={totals.new + totals.duplicates} />}
      {preview.date_format && (
        <p className={styles.reading}>{t("import.readAs", { format: preview.date_format, encoding: preview.encoding })}</p>
      )}
      <div className={styles.buttons}>
        {totals.refused === 0 && totals.new > 0 ? (
          <Button disabled={importing} onClick={onConfirm}>
            {importing ? t("import.importing") : t("import.confirm", { count: totals.new })}
          </Button>
        ) : (
          totals.refused === 0 && <p className={styles.nothing}>{t("import.nothingNew")}</p>
        )}
        <Button variant="quiet" disabled={importing} onClick={onCancel}>
          {t("import.cancel")}
        </Button>
      </div>
    </Panel>
  );
}
