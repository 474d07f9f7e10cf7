import type { Catalogue } from "@/messages/catalogues";
import { app } from "@/messages/ur/app";
import { nav } from "@/messages/ur/nav";

export const ur: Catalogue = {
  app,
  nav,
};
