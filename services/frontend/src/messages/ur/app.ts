import type { Translation } from "@/messages/catalogues";

export const app: Translation<"app"> = {
  "app.name": "ویلتھ کمپینین",
  "app.tagline": "دیکھیں کہ آپ کا پیسہ کہاں جاتا ہے، اور اس کے بارے میں پوچھیں۔",
  "app.skip": "اصل مواد پر جائیں",
  "app.loading": "لوڈ ہو رہا ہے…",
  "app.optional": "اختیاری",
  "app.working": "ایک لمحہ…",
  "app.cancel": "منسوخ کریں",
  "app.close": "بند کریں",
  "app.save": "محفوظ کریں",
  "app.saving": "محفوظ ہو رہا ہے…",
  "app.edit": "تبدیل کریں",
  "app.delete": "حذف کریں",
  "app.staleDetail": "آپ کے کھولنے کے بعد کسی نے، شاید آپ ہی نے کسی اور ٹیب میں، اسے بدل دیا ہے۔ آپ کی تبدیلی ابھی محفوظ نہیں ہوئی۔",
  "app.staleOverwrite": "پھر بھی میری تبدیلی محفوظ کریں",
  "app.staleShow": "موجودہ حالت دکھائیں",
};
