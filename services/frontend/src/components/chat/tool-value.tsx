import type { ReactNode } from "react";
import type { I18n } from "@/lib/i18n/i18n";
import { parseAmount } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./calls.module.css";

type Row = Readonly<Record<string, unknown>>;

const DAY = /^\d{4}-\d\d-\d\d$/;
const MONTH = /^\d{4}-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
// Keys by which the application knows rows; they tell a person nothing.
const TECHNICAL = /(?:^|_)(?:id|ids|cursor)$/;

/** What a tool was given or gave back: lists of rows as tables, amounts and dates in the reader's language, all of it as text. */
export function ToolValue({ value }: { value: unknown }): ReactNode {
  const i18n = useI18n();
  if (isEmpty(value)) return <p className={styles.nothing}>{i18n.t("chat.nothing")}</p>;
  if (Array.isArray(value)) return value.every(isRow) && !value.some(isPlain) ? <Table rows={value} /> : <List values={value} />;
  if (!isRow(value) || moneyOf(value)) return <bdi>{plainText(value, i18n)}</bdi>;
  return (
    <dl className={styles.row}>
      {told(value).map(([key, part]) => (
        <div key={key} className={isPlain(part) ? undefined : styles.wide}>
          <dt>{keyName(key, i18n)}</dt>
          <dd>
            <ToolValue value={part} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Table({ rows }: { rows: readonly Row[] }) {
  const i18n = useI18n();
  const keys = [...new Set(rows.flatMap((row) => told(row).map(([key]) => key)))];
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {keys.map((key) => (
            <th key={key} scope="col">
              {keyName(key, i18n)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {keys.map((key) => (
              <td key={key}>
                {isEmpty(row[key]) ? "" : <ToolValue value={row[key]} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function List({ values }: { values: readonly unknown[] }) {
  const i18n = useI18n();
  if (values.every(isPlain)) return <bdi>{values.map((value) => plainText(value, i18n)).join(", ")}</bdi>;
  return values.map((value, index) => <ToolValue key={index} value={value} />);
}

function told(row: Row): [string, unknown][] {
  return Object.entries(row).filter(([key, value]) => !isEmpty(value) && !TECHNICAL.test(key));
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlain(value: unknown): boolean {
  return !Array.isArray(value) && (!isRow(value) || moneyOf(value) !== undefined);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : isRow(value) && told(value).length === 0;
}

function moneyOf(value: unknown): { amount: string; currency: string } | undefined {
  if (!isRow(value)) return undefined;
  const { amount, currency } = value;
  if (Object.keys(value).length !== 2 || typeof amount !== "string" || typeof currency !== "string") return undefined;
  return /^[A-Z]{3}$/.test(currency) && parseAmount(amount) !== undefined ? { amount, currency } : undefined;
}

function plainText(value: unknown, { t, formatDate, formatDateTime, formatMoney, formatMonth, formatNumber }: I18n): string {
  const money = moneyOf(value);
  if (money) return formatMoney(money);
  if (typeof value === "boolean") return t(value ? "chat.yes" : "chat.no");
  if (typeof value === "number") return formatNumber(value);
  const text = String(value);
  try {
    if (DAY.test(text)) return formatDate(text);
    if (MONTH.test(text)) return formatMonth(text);
    if (INSTANT.test(text)) return formatDateTime(text);
  } catch {
    return text; // only looks like a date
  }
  return text;
}

/** A key of the API in words; those without a translation stand as they are. */
function keyName(key: string, { t, has }: I18n): string {
  const known = `chat.key.${key}`;
  if (has(known)) return t(known);
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
