import type { Account, BudgetStatus, Category, Goal, Money } from "@/lib/api/schema";

export const usd = (amount: string): Money => ({ amount, currency: "USD" });

const ZERO = usd("0.00");

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

export function budgetStatus(fields: Partial<BudgetStatus> = {}): BudgetStatus {
  return {
    budget_id: "b1",
    category_id: "c1",
    category: "Groceries",
    rollover: "none",
    budgeted: usd("100.00"),
    rolled_over: ZERO,
    available: usd("100.00"),
    spent: usd("25.00"),
    left: usd("75.00"),
    percent: "25.0",
    state: "ok",
    ...fields,
  };
}

export function goal(fields: Partial<Goal> = {}): Goal {
  return {
    id: "g1",
    name: "Car",
    target: usd("1000.00"),
    target_date: null,
    account_ids: [],
    saved: usd("250.00"),
    missing: usd("750.00"),
    percent: "25.0",
    per_month: ZERO,
    needed_per_month: null,
    projected_date: null,
    state: "open",
    ...fields,
  };
}
