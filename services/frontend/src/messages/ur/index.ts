import type { Catalogue } from "@/messages/catalogues";
import { charts } from "@/messages/ur/charts";
import { dashboard } from "@/messages/ur/dashboard";
import { forecast } from "@/messages/ur/forecast";
import { insights } from "@/messages/ur/insights";

export const ur: Catalogue = {
  charts,
  dashboard,
  forecast,
  insights,
};
