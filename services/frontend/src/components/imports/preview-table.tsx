import { Amount } from "@/components/ui/amount";
import type { ImportPreview, ImportRow } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./preview-table.module.css";

/** The rows at hand, of `count` that there are. */
export function PreviewTable({ rows, unit, count }: { rows: ImportRow[]; unit: ImportPreview["unit"]; count: number }) {
  const { t, formatDate } = useI18n();
  return (
    <>
      <div className={styles.scroll} role="region" aria-label={t("imports.previewTitle")} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t(`imports.unit.${unit}`)}</th>
              <th scope="col">{t("imports.column.date")}</th>
              <th scope="col">{t("imports.column.payee")}</th>
              <th scope="col">{t("imports.column.category")}</th>
              <th scope="col" className={styles.amount}>{t("imports.column.amount")}</th>
              <th scope="col">{t("imports.status")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // A batch in a bank's file makes several rows of one entry, with one number.
              <tr key={`${row.row}-${index}`} className={row.duplicate ? styles.left : undefined}>
                <td>{row.row}</td>
                <td className={styles.date}>{formatDate(row.date)}</td>
                <td className={styles.payee}>
                  <span dir="auto">{row.payee}</span>
                  {row.note && (
                    <span dir="auto" className={styles.note}>
                      {row.note}
                    </span>
                  )}
                </td>
                <td>{row.category_guess ?? t("imports.uncategorised")}</td>
                <td className={styles.amount}>
                  <Amount money={row.amount} sign="exceptZero" />
                </td>
                <td>{t(row.duplicate ? "imports.duplicate" : "imports.new")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {count > rows.length && <p>{t("imports.firstRows", { shown: rows.length, count })}</p>}
    </>
  );
}
