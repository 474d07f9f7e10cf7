import type { Mapping } from "@/lib/api/schema";

export const DELIMITERS = [",", ";", "\t", "|"] as const;
export const DATE_FORMATS = [
  ...["DD/MM/YYYY", "MM/DD/YYYY", "YYYY-MM-DD", "DD.MM.YYYY", "DD-MM-YYYY", "MM-DD-YYYY", "YYYY/MM/DD"],
  ...["DD/MM/YY", "MM/DD/YY", "DD.MM.YY", "DD-MM-YY", "YYYYMMDD", "DD MMM YYYY", "MMM DD YYYY"],
];
export const SINGLE_COLUMNS = ["date", "payee", "amount", "debit", "credit", "fee", "currency", "external_id"] as const;
export const MAX_NOTES = 5;

export type SingleColumn = (typeof SINGLE_COLUMNS)[number];

/** A mapping as a form holds it: columns by their places counted from 1, "" for what is left out. */
export interface Draft {
  columns: Record<SingleColumn, string>;
  notes: string[];
  /** Money out and money in stand in columns of their own. */
  twoColumns: boolean;
  sign: Mapping["sign"];
  delimiter: string;
  skipRows: number;
  hasHeader: boolean;
  dateFormat: string;
  decimal: string;
}

type Column = string | number | null | undefined;

/** The mapping to begin with; a header turns the names in it into places, which are never ambiguous. */
export function draftOf(mapping: Mapping | null | undefined, header: readonly string[] = []): Draft {
  const names = header.map(plain);
  const place = (column: Column) => {
    const found = typeof column === "string" ? names.indexOf(plain(column)) + 1 : (column ?? 0);
    return found ? String(found) : "";
  };
  const columns = mapping?.columns;
  return {
    columns: Object.fromEntries(SINGLE_COLUMNS.map((name) => [name, place(columns?.[name])])) as Draft["columns"],
    notes: (columns?.notes ?? []).map(place).filter(Boolean),
    twoColumns: columns !== undefined && columns.amount == null,
    sign: mapping?.sign ?? "negative_is_spending",
    delimiter: mapping?.delimiter ?? "",
    skipRows: mapping?.skip_rows ?? 0,
    hasHeader: mapping?.has_header ?? true,
    dateFormat: mapping?.date_format ?? "",
    decimal: mapping?.decimal ?? "",
  };
}

export function mappingOf(draft: Draft): Mapping {
  const { columns, twoColumns } = draft;
  const place = (column: string) => (column ? Number(column) : null);
  return {
    columns: {
      date: Number(columns.date),
      payee: place(columns.payee),
      notes: draft.notes.filter(Boolean).map(Number),
      amount: twoColumns ? null : place(columns.amount),
      debit: twoColumns ? place(columns.debit) : null,
      credit: twoColumns ? place(columns.credit) : null,
      fee: place(columns.fee),
      currency: place(columns.currency),
      external_id: place(columns.external_id),
    },
    delimiter: (draft.delimiter || null) as NonNullable<Mapping["delimiter"]> | null,
    skip_rows: draft.skipRows,
    has_header: draft.hasHeader,
    date_format: draft.dateFormat || null,
    decimal: (draft.decimal || null) as NonNullable<Mapping["decimal"]> | null,
    sign: twoColumns ? "negative_is_spending" : draft.sign,
  };
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}
