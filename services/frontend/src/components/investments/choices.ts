import type { Account, Category, Security, TradeKind } from "@/lib/api/schema";

export const TRADE_KINDS: TradeKind[] = ["buy", "sell", "dividend", "split", "fee"];

/** What the forms choose from. */
export interface Choices {
  accounts: Pick<Account, "id" | "name" | "currency">[];
  securities: Pick<Security, "id" | "symbol" | "name" | "currency">[];
  categories: Pick<Category, "id" | "name" | "kind">[];
}

/** No more of each than the forms need, for it goes to the browser. */
export function choicesFrom(accounts: Account[], securities: Security[], categories: Category[]): Choices {
  return {
    accounts: accounts.filter(({ kind, archived }) => kind === "investment" && !archived).map(({ id, name, currency }) => ({ id, name, currency })),
    securities: securities.map(({ id, symbol, name, currency }) => ({ id, symbol, name, currency })),
    categories: categories.map(({ id, name, kind }) => ({ id, name, kind })),
  };
}
