import { accounts } from "@/messages/en/accounts";
import { app } from "@/messages/en/app";
import { auth } from "@/messages/en/auth";
import { chat } from "@/messages/en/chat";
import { dashboard } from "@/messages/en/dashboard";
import { imports } from "@/messages/en/imports";
import { nav } from "@/messages/en/nav";
import { notifications } from "@/messages/en/notifications";
import { problem } from "@/messages/en/problem";
import { proposals } from "@/messages/en/proposals";
import { transactions } from "@/messages/en/transactions";

/** Every text of the interface by its namespace, which is the first word of its key. The other languages have the same keys. */
export const en = {
  accounts,
  app,
  auth,
  chat,
  dashboard,
  imports,
  nav,
  notifications,
  problem,
  proposals,
  transactions,
};
