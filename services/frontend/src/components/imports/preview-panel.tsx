import { PreviewTable } from "@/components/imports/preview-table";
import { Button } from "@/components/ui/button";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { Problem } from "@/lib/api/problem";
import type { ImportPreview } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./preview-panel.module.css";

interface PreviewPanelProps {
  preview: ImportPreview;
  importing: boolean;
  problem: Problem | undefined;
  /** Opens the choice of columns, where there is one to open. */
  onMap: (() => void) | undefined;
  onConfirm: () => void;
  onCancel: () => void;
}

export function PreviewPanel({ preview, importing, problem, onMap, onConfirm, onCancel }: PreviewPanelProps) {
  const { t } = useI18n();
  const { totals, rows, errors, unit } = preview;
  return (
    <Panel title={t("imports.previewTitle")}>
      <div role="status" className={styles.counts}>
        <span className={styles.rows}>{t("imports.rows", { count: totals.rows })}</span>
        <span className={styles.new}>{t("imports.found", { count: totals.new })}</span>
        {totals.duplicates > 0 && <span className={styles.duplicate}>{t("imports.duplicates", { count: totals.duplicates })}</span>}
        {preview.unbooked > 0 && <span className={styles.duplicate}>{t("imports.unbooked", { count: preview.unbooked })}</span>}
        {totals.refused > 0 && <span className={styles.error}>{t("imports.errors", { count: totals.refused })}</span>}
      </div>
      {totals.refused > 0 && (
        <Notice tone="error">
          <p>{t(onMap || preview.mapping ? "imports.errorsBlockCsv" : "imports.errorsBlock")}</p>
          <ul className={styles.errors}>
            {errors.map(({ row, message }) => (
              <li key={`${row}-${message}`}>
                {t(`imports.errorAt.${unit}`, { row })} <span dir="auto" lang="en">{message}</span>
              </li>
            ))}
          </ul>
          {totals.refused > errors.length && <p>{t("imports.moreErrors", { count: totals.refused - errors.length })}</p>}
        </Notice>
      )}
      {rows.length > 0 && <PreviewTable rows={rows} unit={unit} count={totals.new + totals.duplicates} />}
      <div className={styles.reading}>
        <p>
          {[
            preview.profile && t("imports.readBy", { name: preview.profile.name }),
            preview.date_format
              ? t("imports.readAs", { format: preview.date_format, encoding: preview.encoding })
              : t("imports.readFormat", { format: t(`imports.format.${preview.format}`) }),
          ]
            .filter(Boolean)
            .join(" ")}
        </p>
        {preview.format === "csv" && onMap && (
          <Button variant="quiet" disabled={importing} onClick={onMap}>
            {t("imports.map")}
          </Button>
        )}
      </div>
      <ProblemNotice problem={problem} />
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
