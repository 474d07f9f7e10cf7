import type { Actions, Conditions, Direction, TextField, TextOperator, TransactionStatus } from "@/lib/api/schema";
import { typedAmount } from "@/lib/money";
import { field } from "@/lib/use-submit";

export interface WantedRule {
  name: string;
  stop: boolean;
  conditions: Conditions;
  actions: Actions;
}

/** The rule that a form holds; texts without a value are left out. */
export function readRule(values: FormData): WantedRule {
  const all = (name: string) => values.getAll(name).map((value) => String(value).trim());
  const [fields, operators] = [all("text_field"), all("text_operator")];
  const optional = (name: string) => field(values, name) || null;
  const amount = (name: string) => typedAmount(field(values, name)) || null;
  return {
    name: field(values, "name"),
    stop: values.has("stop"),
    conditions: {
      texts: all("text_value").flatMap((value, index) =>
        value ? [{ field: fields[index] as TextField, operator: operators[index] as TextOperator, value }] : [],
      ),
      any_text: field(values, "any_text") === "any",
      account_id: optional("account_id"),
      currency: optional("currency"),
      direction: optional("direction") as Direction | null,
      min_amount: amount("min_amount"),
      max_amount: amount("max_amount"),
    },
    actions: {
      category_id: optional("category_id"),
      payee: optional("payee"),
      tags: [...all("tag"), ...field(values, "new_tags").split(/[,،]/).map((tag) => tag.trim())].filter(Boolean),
      status: optional("status") as TransactionStatus | null,
      transfer_account_id: optional("transfer_account_id"),
    },
  };
}
