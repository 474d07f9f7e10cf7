import type { Catalogue } from "@/messages/catalogues";
import { budgets } from "@/messages/ur/budgets";
import { goals } from "@/messages/ur/goals";

export const ur: Catalogue = {
  budgets,
  goals,
};
