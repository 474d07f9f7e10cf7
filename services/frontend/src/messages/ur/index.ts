import type { Catalogue } from "@/messages/catalogues";
import { app } from "@/messages/ur/app";
import { auth } from "@/messages/ur/auth";
import { demo } from "@/messages/ur/demo";
import { nav } from "@/messages/ur/nav";
import { problem } from "@/messages/ur/problem";
import { settings } from "@/messages/ur/settings";

export const ur: Catalogue = {
  app,
  auth,
  demo,
  nav,
  problem,
  settings,
};
