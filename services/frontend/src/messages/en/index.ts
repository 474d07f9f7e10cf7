import { accounts } from "@/messages/en/accounts";
import { app } from "@/messages/en/app";
import { auth } from "@/messages/en/auth";
import { budgets } from "@/messages/en/budgets";
import { charts } from "@/messages/en/charts";
import { chat } from "@/messages/en/chat";
import { dashboard } from "@/messages/en/dashboard";
import { goals } from "@/messages/en/goals";
import { imports } from "@/messages/en/imports";
import { investments } from "@/messages/en/investments";
import { nav } from "@/messages/en/nav";
import { problem } from "@/messages/en/problem";
import { transactions } from "@/messages/en/transactions";

/** Every text of the interface by its namespace, which is the first word of its key. The other languages have the same keys. */
export const en = {
  accounts,
  app,
  auth,
  budgets,
  charts,
  chat,
  dashboard,
  goals,
  imports,
  investments,
  nav,
  problem,
  transactions,
};
