import type { Route } from "next";
import type { Proposal, ProposalKind } from "@/lib/api/schema";
import { pagePath } from "@/lib/transactions-query";

const PAGES: Record<ProposalKind, string | undefined> = {
  transaction: "/transactions",
  transfer: "/transactions",
  transaction_change: "/transactions",
  transaction_deletion: undefined,
  budget: "/budgets",
  goal: "/goals",
  recurring: "/recurring",
  rule: "/rules",
  category: "/categories",
};

/** Where what was confirmed can be seen. */
export function resultPath({ kind, payload }: Proposal): Route | undefined {
  const { payee, date } = payload;
  if ((kind === "transaction" || kind === "transfer") && typeof payee === "string" && typeof date === "string") {
    return pagePath({ q: payee, from: date, to: date }) as Route;
  }
  return PAGES[kind] as Route | undefined;
}
