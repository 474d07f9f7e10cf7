import type { ReactNode } from "react";
import { useI18n } from "#i18n";
import styles from "./chart-table.module.css";

interface ChartTableProps {
  /** Of the whole table, for screen readers. */
  caption: string;
  /** The first names the rows. */
  columns: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}

/** The figures of a chart for everyone who would rather read them. */
export function ChartTable({ caption, columns, rows }: ChartTableProps) {
  const { t } = useI18n();
  return (
    <details className={styles.details}>
      <summary>{t("charts.showTable")}</summary>
      {/* Wide tables scroll, so the region takes the focus for those who scroll with keys. */}
      <div role="region" aria-label={caption} tabIndex={0} className={styles.scroll}>
        <table>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th key={column} scope="col" className={index > 0 ? styles.number : styles.name}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells: [name, ...figures] }) => (
              <tr key={key}>
                <th scope="row" className={styles.name}>
                  {name}
                </th>
                {figures.map((figure, index) => (
                  <td key={columns[index + 1]} className={styles.number}>
                    {figure}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
