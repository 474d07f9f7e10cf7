import { accounts } from "@/messages/en/accounts";
import { app } from "@/messages/en/app";
import { auth } from "@/messages/en/auth";
import { categories } from "@/messages/en/categories";
import { chat } from "@/messages/en/chat";
import { dashboard } from "@/messages/en/dashboard";
import { imports } from "@/messages/en/imports";
import { nav } from "@/messages/en/nav";
import { problem } from "@/messages/en/problem";
import { transactions } from "@/messages/en/transactions";

/** Every text of the interface by its namespace, which is the first word of its key. The other languages have the same keys. */
export const en = {
  accounts,
  app,
  auth,
  categories,
  chat,
  dashboard,
  imports,
  nav,
  problem,
  transactions,
};
