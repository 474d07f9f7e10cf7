import type { Account, Security, TradeKind } from "@/lib/api/schema";
import { typedAmount } from "@/lib/money";
import { field } from "@/lib/use-submit";

type TradeField = "quantity" | "amount" | "fee" | "ratio" | "category_id" | "fee_category_id";

/** What a kind of trade is made of, besides its date and note. */
const FIELDS: Record<TradeKind, ReadonlySet<TradeField>> = {
  buy: new Set(["quantity", "amount", "fee", "fee_category_id"]),
  sell: new Set(["quantity", "amount", "fee", "category_id", "fee_category_id"]),
  dividend: new Set(["amount", "fee", "category_id", "fee_category_id"]),
  split: new Set(["ratio"]),
  fee: new Set(["amount", "fee_category_id"]),
};

export function has(kind: TradeKind, name: TradeField): boolean {
  return FIELDS[kind].has(name);
}

/** A price makes an amount only where both are in one currency. */
export function takesPrice(kind: TradeKind, account: Pick<Account, "currency"> | undefined, security: Pick<Security, "currency"> | undefined): boolean {
  return has(kind, "quantity") && account !== undefined && account.currency === security?.currency;
}

/** The part of a body that a new trade and a change have in common: what the kind has, and nothing else. */
export function readContent(kind: TradeKind, values: FormData): Record<string, string | null> {
  const content: Record<string, string | null> = { date: field(values, "date"), note: field(values, "note") || null };
  if (has(kind, "quantity")) content.quantity = typedAmount(field(values, "quantity"));
  if (has(kind, "amount")) {
    const given = has(kind, "quantity") && field(values, "given") === "price" ? "price" : "amount";
    content[given] = typedAmount(field(values, "amount"));
  }
  // Left empty there is none, which takes away what there was.
  if (has(kind, "fee")) content.fee = typedAmount(field(values, "fee") || "0");
  if (has(kind, "ratio")) content.ratio = ["new_shares", "old_shares"].map((name) => typedAmount(field(values, name))).join(":");
  for (const name of ["category_id", "fee_category_id"] as const) if (has(kind, name)) content[name] = field(values, name) || null;
  return content;
}

export function readTrade(kind: TradeKind, values: FormData): Record<string, string | null> {
  return { kind, account_id: field(values, "account_id"), security_id: field(values, "security_id") || null, ...readContent(kind, values) };
}
