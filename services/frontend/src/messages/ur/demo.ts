import type { Translation } from "@/messages/catalogues";

export const demo: Translation<"demo"> = {
  "demo.add": "مثالی ڈیٹا کے ساتھ دیکھیں",
  "demo.adding": "تین سال کا مثالی ڈیٹا شامل ہو رہا ہے…",
  "demo.added": { one: "{count} مثالی لین دین شامل ہو گیا۔", other: "{count} مثالی لین دین شامل ہو گئے۔" },
};
