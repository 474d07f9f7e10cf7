import { PreviewTable } from "@/components/imports/preview-table";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { ImportPreview } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import styles from "./preview-panel.module.css";

const SHOWN_ERRORS = 20;

interface PreviewPanelProps {
  preview: ImportPreview;
  importing: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

export function PreviewPanel({ preview, importing, onConfirm, onCancel }: PreviewPanelProps) {
  const { rows, errors } = preview;
  const duplicates = rows.filter((row) => row.duplicate).length;
  const found = rows.length - duplicates;
  return (
    <Panel title={t("import.previewTitle")}>
      <div role="status" className={styles.counts}>
        <span className={styles.new}>{t("import.found", { count: found })}</span>
        {duplicates > 0 && <span className={styles.duplicate}>{t("import.duplicates", { count: duplicates })}</span>}
        {errors.length > 0 && <span className={styles.error}>{t("import.errors", { count: errors.length })}</span>}
      </div>
      {errors.length > 0 && (
        <Notice tone="error">
          <p>{t("import.errorsBlock")}</p>
          <ul>
            {errors.slice(0, SHOWN_ERRORS).map(({ row, message }) => (
              <li key={`${row}-${message}`}>{t("import.errorRow", { row, message })}</li>
            ))}
          </ul>
          {errors.length > SHOWN_ERRORS && <p>{t("import.moreErrors", { count: errors.length - SHOWN_ERRORS })}</p>}
        </Notice>
      )}
      {rows.length > 0 && <PreviewTable rows={rows} />}
      {preview.date_format && (
        <p className={styles.reading}>{t("import.readAs", { format: preview.date_format, encoding: preview.encoding })}</p>
      )}
      <div className={styles.buttons}>
        {errors.length === 0 && found > 0 ? (
          <Button disabled={importing} onClick={onConfirm}>
            {importing ? t("import.importing") : t("import.confirm", { count: found })}
          </Button>
        ) : (
          errors.length === 0 && <p className={styles.nothing}>{t("import.nothingNew")}</p>
        )}
        <Button variant="quiet" disabled={importing} onClick={onCancel}>
          {t("import.cancel")}
        </Button>
      </div>
    </Panel>
  );
}
