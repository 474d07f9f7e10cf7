import type { Catalogue } from "@/messages/catalogues";
import { imports } from "@/messages/ur/imports";
import { recurring } from "@/messages/ur/recurring";
import { rules } from "@/messages/ur/rules";

export const ur: Catalogue = {
  imports,
  recurring,
  rules,
};
