import type { Account, Category } from "@/lib/api/schema";

const ZERO = { amount: "0.00", currency: "USD" };

export function account(fields: Partial<Account> = {}): Account {
  return {
    id: "a1",
    name: "Everyday",
    kind: "bank",
    currency: "USD",
    balance: ZERO,
    cleared_balance: ZERO,
    opening_balance: ZERO,
    opening_date: null,
    note: null,
    archived: false,
    ...fields,
  };
}

export function category(fields: Partial<Category> = {}): Category {
  return { id: "c1", name: "Groceries", kind: "expense", color: null, icon: null, parent_id: null, position: 0, ...fields };
}
