import type { Catalogue } from "@/messages/catalogues";
import { budgets } from "@/messages/ur/budgets";
import { charts } from "@/messages/ur/charts";
import { goals } from "@/messages/ur/goals";
import { investments } from "@/messages/ur/investments";

export const ur: Catalogue = {
  budgets,
  charts,
  goals,
  investments,
};
