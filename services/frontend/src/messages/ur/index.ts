import type { Catalogue } from "@/messages/catalogues";
import { app } from "@/messages/ur/app";
import { auth } from "@/messages/ur/auth";
import { charts } from "@/messages/ur/charts";
import { dashboard } from "@/messages/ur/dashboard";
import { demo } from "@/messages/ur/demo";
import { forecast } from "@/messages/ur/forecast";
import { insights } from "@/messages/ur/insights";
import { nav } from "@/messages/ur/nav";
import { problem } from "@/messages/ur/problem";
import { settings } from "@/messages/ur/settings";

export const ur: Catalogue = {
  app,
  auth,
  charts,
  dashboard,
  demo,
  forecast,
  insights,
  nav,
  problem,
  settings,
};
