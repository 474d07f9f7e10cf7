import type { Catalogue } from "@/messages/catalogues";
import { imports } from "@/messages/ur/imports";

export const ur: Catalogue = {
  imports,
};
