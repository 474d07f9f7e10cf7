import type { Transaction } from "@/lib/api/schema";
import { absolute } from "@/lib/decimals";
import { isNegative, type Money } from "@/lib/money";

export interface Legs {
  fromId: string;
  toId: string;
  sent: Money;
  received: Money;
}

/** The two sides of a transfer in the order of the money, whichever account it is seen from; amounts are without a sign. */
export function legsOf({ account_id, amount, transfer }: Transaction): Legs | undefined {
  if (!transfer) return undefined;
  const seen = { id: account_id, money: { ...amount, amount: absolute(amount.amount) } };
  const other = { id: transfer.account_id, money: { ...transfer.amount, amount: absolute(transfer.amount.amount) } };
  const [out, into] = isNegative(amount) ? [seen, other] : [other, seen];
  return { fromId: out.id, toId: into.id, sent: out.money, received: into.money };
}
