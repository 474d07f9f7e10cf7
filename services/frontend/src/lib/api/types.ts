import type { Money } from "@/lib/money";

export interface User {
  id: string;
  email: string;
  name: string | null;
  currency: string;
}

export const ACCOUNT_KINDS = ["bank", "card", "savings", "cash"] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export interface Account {
  id: string;
  name: string;
  kind: AccountKind;
  currency: string;
  balance: Money;
}

export interface Category {
  id: string;
  name: string;
  kind: "income" | "expense";
}

export interface Transaction {
  id: string;
  date: string;
  payee: string;
  note: string | null;
  amount: Money;
  account_id: string;
  category_id: string | null;
}

export interface TransactionPage {
  items: Transaction[];
  next_cursor: string | null;
}

export interface CategoryTotal {
  category_id: string | null;
  name: string;
  amount: Money;
  share: number | string;
}

export interface MonthlySummary {
  month: string;
  currency: string;
  income: Money;
  expense: Money;
  net: Money;
  categories: CategoryTotal[];
  previous: { month: string; income: Money; expense: Money; net: Money } | null;
  other_currencies: string[];
}

export interface ImportRow {
  row: number;
  date: string;
  payee: string;
  note: string | null;
  amount: Money;
  duplicate: boolean;
  category_guess: string | null;
}

/** Of the whole file; `rows` and `errors` of the preview are the first ones only. */
export interface ImportTotals {
  rows: number;
  new: number;
  duplicates: number;
  refused: number;
}

export interface ImportPreview {
  totals: ImportTotals;
  rows: ImportRow[];
  errors: { row: number; message: string }[];
  date_format: string | null;
  encoding: string;
}

export interface ImportResult {
  id: string;
  imported: number;
  duplicates: number;
}

export interface ToolCall {
  agent: string;
  tool: string;
  arguments: unknown;
  result: unknown;
}

export interface ChatAnswer {
  reply: string;
  model: string;
  tool_calls: ToolCall[];
  trace_id: string | null;
}
