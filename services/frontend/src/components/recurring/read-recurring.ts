import type { NewRecurring, Recurring, RecurringChange, ScheduleKind } from "@/lib/api/schema";
import { typedAmount } from "@/lib/money";
import { field } from "@/lib/use-submit";

/** An amount that is typed beside its direction: a sign in it says nothing more. */
export function typedSize(values: FormData): string {
  return typedAmount(field(values, "amount")).replace(/^-/, "");
}

/** The schedule that a form holds. An account says its currency itself. */
export function readRecurring(values: FormData): NewRecurring {
  return { ...readTerms(values), ...readShape(values), currency: field(values, "account_id") ? null : field(values, "currency") || null };
}

/** What isn't changed of the rule, its start and its end isn't sent: sent, they would settle anew what is due already. */
export function readChange(values: FormData, row: Recurring): RecurringChange {
  const shape = Object.entries(readShape(values)).filter(([name, value]) => value !== row[name as keyof Recurring]);
  return { ...readTerms(values), ...Object.fromEntries(shape) };
}

function readShape(values: FormData) {
  return { rule: field(values, "rule"), start_date: field(values, "start_date"), end_date: field(values, "end_date") || null };
}

function readTerms(values: FormData) {
  const optional = (name: string) => field(values, name) || null;
  return {
    name: field(values, "name"),
    kind: field(values, "kind") as ScheduleKind,
    amount: (field(values, "direction") === "out" ? "-" : "") + typedSize(values),
    account_id: optional("account_id"),
    payee: optional("payee"),
    note: optional("note"),
    category_id: optional("category_id"),
    notice_days: Number(field(values, "notice_days")),
  };
}
