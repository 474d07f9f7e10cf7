const FILTERS = ["q", "account_id", "category_id", "from", "to"] as const;
const PARAMETERS = [...FILTERS, "cursor"] as const;

export type TransactionsQuery = Partial<Record<(typeof PARAMETERS)[number], string>>;

/** The page's address is its state: the known parameters, without empty or repeated ones. */
export function readQuery(parameters: Record<string, string | string[] | undefined>): TransactionsQuery {
  const query: TransactionsQuery = {};
  for (const name of PARAMETERS) {
    const value = parameters[name];
    if (typeof value === "string" && value.trim()) query[name] = value.trim();
  }
  return query;
}

export function isFiltered(query: TransactionsQuery): boolean {
  return FILTERS.some((name) => query[name] !== undefined);
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
