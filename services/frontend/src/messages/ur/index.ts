import type { Catalogue } from "@/messages/catalogues";
import { app } from "@/messages/ur/app";
import { nav } from "@/messages/ur/nav";
import { problem } from "@/messages/ur/problem";

export const ur: Catalogue = {
  app,
  nav,
  problem,
};
