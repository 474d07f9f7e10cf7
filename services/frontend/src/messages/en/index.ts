import { accounts } from "@/messages/en/accounts";
import { app } from "@/messages/en/app";
import { auth } from "@/messages/en/auth";
import { chat } from "@/messages/en/chat";
import { dashboard } from "@/messages/en/dashboard";
import { demo } from "@/messages/en/demo";
import { imports } from "@/messages/en/imports";
import { nav } from "@/messages/en/nav";
import { problem } from "@/messages/en/problem";
import { settings } from "@/messages/en/settings";
import { transactions } from "@/messages/en/transactions";

/** Every text of the interface by its namespace, which is the first word of its key. The other languages have the same keys. */
export const en = {
  accounts,
  app,
  auth,
  chat,
  dashboard,
  demo,
  imports,
  nav,
  problem,
  settings,
  transactions,
};
