import { addMonths, today } from "@/lib/dates";

export const PERIODS = ["1m", "6m", "ytd", "1y", "3y", "all"] as const;
export type Period = (typeof PERIODS)[number];
export const GROUPINGS = ["security", "kind", "currency", "account"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What the portfolio's page shows; its address is its state, without what is usual. */
export interface PortfolioQuery {
  period: Period;
  by: Grouping;
  /** By default the user's own. */
  currency: string | undefined;
}

type Parameters = Record<string, string | string[] | undefined>;

const USUAL: PortfolioQuery = { period: "1y", by: "security", currency: undefined };
const MONTHS = { "1m": 1, "6m": 6, "1y": 12, "3y": 36 } as const;

function oneOf<T extends string>(known: readonly T[], value: unknown, usual: T): T {
  return known.includes(value as T) ? (value as T) : usual;
}

export function readPortfolioQuery({ period, by, currency }: Parameters): PortfolioQuery {
  return {
    period: oneOf(PERIODS, period, USUAL.period),
    by: oneOf(GROUPINGS, by, USUAL.by),
    currency: typeof currency === "string" && /^[A-Z]{3}$/.test(currency) ? currency : USUAL.currency,
  };
}

export function portfolioParameters(query: PortfolioQuery): Record<string, string> {
  const given = Object.entries(query).filter(([name, value]) => value !== undefined && value !== USUAL[name as keyof PortfolioQuery]);
  return Object.fromEntries(given) as Record<string, string>;
}

/** The first day of a period that ends today; all of it has none. */
export function firstDayOf(period: Period, day = today()): string | undefined {
  if (period === "all") return undefined;
  if (period === "ytd") return `${day.slice(0, 4)}-01-01`;
  const month = addMonths(day.slice(0, 7), -MONTHS[period]);
  // The day after the same day back then, so that a year has 365 days; a month may be too short to have that day.
  const start = new Date(`${month}-01T00:00:00Z`);
  const length = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 0)).getUTCDate();
  start.setUTCDate(Math.min(Number(day.slice(8)), length) + 1);
  return start.toISOString().slice(0, 10);
}

const TRADE_FILTERS = ["account_id", "security_id", "kind"] as const;
export type TradesQuery = Partial<Record<(typeof TRADE_FILTERS)[number] | "cursor", string>>;
export type PricesQuery = Partial<Record<"security_id" | "prices" | "rates", string>>;

function given<N extends string>(parameters: Parameters, names: readonly N[]): Partial<Record<N, string>> {
  const found = names.flatMap((name) => (typeof parameters[name] === "string" && parameters[name] ? [[name, parameters[name]]] : []));
  return Object.fromEntries(found) as Partial<Record<N, string>>;
}

export function readTradesQuery(parameters: Parameters): TradesQuery {
  return given(parameters, [...TRADE_FILTERS, "cursor"]);
}

/** Prices and rates are two lists on one page, each with a cursor of its own. */
export function readPricesQuery(parameters: Parameters): PricesQuery {
  return given(parameters, ["security_id", "prices", "rates"]);
}

export function isFiltered(query: TradesQuery): boolean {
  return TRADE_FILTERS.some((name) => query[name]);
}

/** The address that a page returns to after a sign-in. */
export function address(path: string, parameters: object): string {
  const search = new URLSearchParams(parameters as Record<string, string>).toString();
  return search ? `${path}?${search}` : path;
}
