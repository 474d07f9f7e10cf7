import { cache } from "react";
import { load } from "@/lib/api/server";
import type { Account, Category, MonthlySummary, TransactionPage } from "@/lib/api/schema";

// Read once for a page, however many of its panels ask.
export const loadAccounts = cache((path: string) => load<Account[]>(path, "/accounts"));
export const loadCategories = cache((path: string) => load<Category[]>(path, "/categories"));
export const loadSummary = cache((path: string, month: string) => load<MonthlySummary>(path, "/summary/monthly", { month }));
export const loadLatest = cache((path: string) => load<TransactionPage>(path, "/transactions", { limit: "6" }));
