import type { Catalogue } from "@/messages/catalogues";
import { budgets } from "@/messages/ur/budgets";

export const ur: Catalogue = {
  budgets,
};
