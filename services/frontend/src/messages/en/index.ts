import { accounts } from "@/messages/en/accounts";
import { app } from "@/messages/en/app";
import { auth } from "@/messages/en/auth";
import { budgets } from "@/messages/en/budgets";
import { categories } from "@/messages/en/categories";
import { charts } from "@/messages/en/charts";
import { chat } from "@/messages/en/chat";
import { dashboard } from "@/messages/en/dashboard";
import { demo } from "@/messages/en/demo";
import { forecast } from "@/messages/en/forecast";
import { goals } from "@/messages/en/goals";
import { imports } from "@/messages/en/imports";
import { insights } from "@/messages/en/insights";
import { investments } from "@/messages/en/investments";
import { nav } from "@/messages/en/nav";
import { notifications } from "@/messages/en/notifications";
import { problem } from "@/messages/en/problem";
import { proposals } from "@/messages/en/proposals";
import { recurring } from "@/messages/en/recurring";
import { rules } from "@/messages/en/rules";
import { settings } from "@/messages/en/settings";
import { transactions } from "@/messages/en/transactions";

/** Every text of the interface by its namespace, which is the first word of its key. The other languages have the same keys. */
export const en = {
  accounts,
  app,
  auth,
  budgets,
  categories,
  charts,
  chat,
  dashboard,
  demo,
  forecast,
  goals,
  imports,
  insights,
  investments,
  nav,
  notifications,
  problem,
  proposals,
  recurring,
  rules,
  settings,
  transactions,
};
