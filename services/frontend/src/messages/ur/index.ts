import type { Catalogue } from "@/messages/catalogues";
import { charts } from "@/messages/ur/charts";

export const ur: Catalogue = {
  charts,
};
