import { parseAmount } from "@/lib/money";

const FILTERS = [
  "q",
  "account_id",
  "category_id",
  "uncategorised",
  "tag_id",
  "kind",
  "direction",
  "status",
  "currency",
  "min_amount",
  "max_amount",
  "from",
  "to",
] as const;
/** Shown at once; the rest under “More filters”. */
const USUAL: ReadonlySet<string> = new Set(["q", "account_id", "category_id"]);
const PARAMETERS = [...FILTERS, "cursor"] as const;

export type TransactionsQuery = Partial<Record<(typeof PARAMETERS)[number], string>>;

/** The page's address is its state: the known parameters, without empty or repeated ones. */
export function readQuery(parameters: Record<string, unknown>): TransactionsQuery {
  const query: TransactionsQuery = {};
  for (const name of PARAMETERS) {
    const value = parameters[name];
    if (typeof value === "string" && value.trim()) query[name] = value.trim();
  }
  return query;
}

/** As the API wants it; what can't be read as an amount goes there as typed. */
export function apiQuery(query: TransactionsQuery): TransactionsQuery {
  const wanted = { ...query };
  for (const name of ["min_amount", "max_amount"] as const) {
    const typed = wanted[name];
    if (typed !== undefined) wanted[name] = parseAmount(typed) ?? typed;
  }
  return wanted;
}

export function isFiltered(query: TransactionsQuery): boolean {
  return FILTERS.some((name) => query[name] !== undefined);
}

/** How many filters hold that aren't among the usual ones. */
export function moreFilters(query: TransactionsQuery): number {
  return FILTERS.filter((name) => !USUAL.has(name) && query[name] !== undefined).length;
}

export function withoutCursor(query: TransactionsQuery): TransactionsQuery {
  const filters = { ...query };
  delete filters.cursor;
  return filters;
}

export function pagePath(query: TransactionsQuery): string {
  const search = new URLSearchParams(query).toString();
  return search ? `/transactions?${search}` : "/transactions";
}
