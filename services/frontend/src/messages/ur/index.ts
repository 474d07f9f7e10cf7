import type { Catalogue } from "@/messages/catalogues";
import { accounts } from "@/messages/ur/accounts";
import { app } from "@/messages/ur/app";
import { auth } from "@/messages/ur/auth";
import { budgets } from "@/messages/ur/budgets";
import { categories } from "@/messages/ur/categories";
import { charts } from "@/messages/ur/charts";
import { chat } from "@/messages/ur/chat";
import { dashboard } from "@/messages/ur/dashboard";
import { demo } from "@/messages/ur/demo";
import { forecast } from "@/messages/ur/forecast";
import { goals } from "@/messages/ur/goals";
import { imports } from "@/messages/ur/imports";
import { insights } from "@/messages/ur/insights";
import { investments } from "@/messages/ur/investments";
import { nav } from "@/messages/ur/nav";
import { notifications } from "@/messages/ur/notifications";
import { problem } from "@/messages/ur/problem";
import { proposals } from "@/messages/ur/proposals";
import { recurring } from "@/messages/ur/recurring";
import { rules } from "@/messages/ur/rules";
import { settings } from "@/messages/ur/settings";
import { transactions } from "@/messages/ur/transactions";

export const ur: Catalogue = {
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
