import type { Translation } from "@/messages/catalogues";

export const charts: Translation<"charts"> = {
  "charts.showTable": "جدول میں دیکھیں",
};
