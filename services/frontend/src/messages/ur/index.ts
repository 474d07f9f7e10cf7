import type { Catalogue } from "@/messages/catalogues";
import { app } from "@/messages/ur/app";
import { chat } from "@/messages/ur/chat";
import { nav } from "@/messages/ur/nav";
import { notifications } from "@/messages/ur/notifications";
import { proposals } from "@/messages/ur/proposals";

export const ur: Catalogue = {
  app,
  chat,
  nav,
  notifications,
  proposals,
};
