import type { ProposalKind } from "@/lib/api/schema";

export type Payload = Readonly<Record<string, unknown>>;

type FieldType =
  | "account"
  | "accounts"
  | "amount"
  | "category"
  | "date"
  | "direction"
  | "flow"
  | "month"
  | "rhythm"
  | "schedule"
  | "signed"
  | "status"
  | "tags"
  | "text";

export interface Field {
  /** Where it stands in the payload, such as `actions.category_id`. */
  path: string;
  type: FieldType;
  label: FieldLabel;
  optional?: true;
  /** Shown, but not for editing here. */
  fixed?: true;
}

export type FieldLabel =
  | "account"
  | "amount"
  | "atLeast"
  | "atMost"
  | "category"
  | "contains"
  | "date"
  | "direction"
  | "flow"
  | "from"
  | "month"
  | "name"
  | "note"
  | "parent"
  | "payee"
  | "received"
  | "rhythm"
  | "schedule"
  | "start"
  | "status"
  | "tags"
  | "target"
  | "to"
  | "until"
  | "writtenPayee";

const TRANSACTION: readonly Field[] = [
  { path: "amount", type: "signed", label: "amount" },
  { path: "payee", type: "text", label: "payee" },
  { path: "date", type: "date", label: "date" },
  { path: "account_id", type: "account", label: "account" },
  { path: "category_id", type: "category", label: "category", optional: true },
  { path: "note", type: "text", label: "note", optional: true },
];

const RULE_TEXTS: readonly Field[] = [0, 1].map((index) => ({ path: `conditions.texts.${index}.value`, type: "text", label: "contains" }));

const FIELDS: Record<ProposalKind, readonly Field[]> = {
  transaction: TRANSACTION,
  transfer: [
    { path: "amount", type: "amount", label: "amount" },
    { path: "account_id", type: "account", label: "from" },
    { path: "to_account_id", type: "account", label: "to" },
    { path: "received_amount", type: "amount", label: "received" },
    { path: "date", type: "date", label: "date" },
    { path: "note", type: "text", label: "note", optional: true },
  ],
  transaction_change: [...TRANSACTION, { path: "status", type: "status", label: "status", fixed: true }],
  transaction_deletion: [],
  budget: [
    { path: "category_id", type: "category", label: "category" },
    { path: "amount", type: "amount", label: "amount" },
    { path: "month", type: "month", label: "month", optional: true },
  ],
  goal: [
    { path: "name", type: "text", label: "name" },
    { path: "target_amount", type: "amount", label: "target" },
    { path: "target_date", type: "date", label: "until", optional: true },
    { path: "account_ids", type: "accounts", label: "account", fixed: true },
  ],
  recurring: [
    { path: "name", type: "text", label: "name" },
    { path: "amount", type: "signed", label: "amount" },
    { path: "account_id", type: "account", label: "account" },
    { path: "rule", type: "rhythm", label: "rhythm" },
    { path: "start_date", type: "date", label: "start" },
    { path: "kind", type: "schedule", label: "schedule" },
    { path: "category_id", type: "category", label: "category", optional: true },
  ],
  rule: [
    { path: "name", type: "text", label: "name" },
    ...RULE_TEXTS,
    { path: "conditions.account_id", type: "account", label: "account", fixed: true },
    { path: "conditions.direction", type: "direction", label: "direction", fixed: true },
    { path: "conditions.min_amount", type: "amount", label: "atLeast" },
    { path: "conditions.max_amount", type: "amount", label: "atMost" },
    { path: "actions.category_id", type: "category", label: "category" },
    { path: "actions.payee", type: "text", label: "writtenPayee" },
    { path: "actions.tags", type: "tags", label: "tags", fixed: true },
    { path: "actions.transfer_account_id", type: "account", label: "to", fixed: true },
  ],
  category: [
    { path: "name", type: "text", label: "name" },
    { path: "kind", type: "flow", label: "flow" },
    { path: "parent_id", type: "category", label: "parent", optional: true },
  ],
};

/** What a payload says, in the order in which a person reads it. */
export function shownFields(kind: ProposalKind, payload: Payload): Field[] {
  return FIELDS[kind].filter(({ path }) => {
    const value = valueAt(payload, path);
    return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
  });
}

/** What can be corrected before it is confirmed. What stands in parts keeps the sum and the categories of its parts. */
export function editableFields(kind: ProposalKind, payload: Payload): Field[] {
  const parts = Array.isArray(payload.splits) && payload.splits.length > 0;
  const given = new Set(shownFields(kind, payload));
  return FIELDS[kind].filter((field) => {
    if (field.fixed || (parts && (field.type === "signed" || field.type === "category"))) return false;
    return given.has(field) || (field.optional === true && kind !== "transaction_change");
  });
}

export function valueAt(payload: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], payload);
}

/** The top-level keys of a payload that differ once these values stand at these paths; the API takes each as a whole. */
export function changesOf(payload: Payload, values: ReadonlyMap<string, string | null>): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const [path, value] of values) {
    if (value === (valueAt(payload, path) ?? null)) continue;
    const [key = "", ...rest] = path.split(".");
    if (!(key in changed)) changed[key] = structuredClone(payload[key]);
    const last = rest.pop();
    if (last === undefined) changed[key] = value;
    else (valueAt({ [key]: changed[key] }, [key, ...rest].join(".")) as Record<string, unknown>)[last] = value;
  }
  return changed;
}
