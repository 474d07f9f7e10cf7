import { absolute } from "@/lib/decimals";
import { negate, parseAmount } from "@/lib/money";
import { field } from "@/lib/use-submit";

export type EntryKind = "expense" | "income" | "transfer";

function texts(values: FormData, name: string): string[] {
  return values.getAll(name).map((value) => String(value).trim());
}

/** For a body of the API. What can't be read as an amount goes there as typed: it knows best what is wrong with it. */
function typedAmount(typed: string, change: (amount: string) => string = (amount) => amount): string {
  const amount = parseAmount(typed);
  return amount === undefined ? typed : change(amount);
}

/** The body of a write, from what was typed into `TransactionFields`. */
export function readTransaction(values: FormData, nameOfTransfer: string): object {
  const kind = field(values, "kind") as EntryKind;
  const common = {
    account_id: field(values, "account_id"),
    date: field(values, "date"),
    payee: field(values, "payee") || nameOfTransfer,
    note: field(values, "note"),
    reference: field(values, "reference"),
    status: field(values, "status"),
    tags: texts(values, "tag").filter(Boolean),
  };
  const amount = field(values, "amount");
  if (kind === "transfer") {
    const received = field(values, "received_amount");
    return {
      ...common,
      amount: typedAmount(amount, absolute),
      to_account_id: field(values, "to_account_id"),
      received_amount: received ? typedAmount(received, absolute) : null,
    };
  }
  const signed = kind === "expense" ? negate : (given: string) => given;
  const entry = { ...common, amount: typedAmount(amount, (given) => signed(absolute(given))), to_account_id: null };
  const categories = texts(values, "split_category");
  if (categories.length === 0) return { ...entry, category_id: field(values, "category_id") || null };
  const amounts = texts(values, "split_amount");
  const notes = texts(values, "split_note");
  return {
    ...entry,
    splits: categories.map((category, number) => ({
      amount: typedAmount(amounts[number]!, signed),
      category_id: category || null,
      note: notes[number]!,
    })),
  };
}
