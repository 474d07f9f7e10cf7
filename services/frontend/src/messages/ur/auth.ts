import type { Translation } from "@/messages/catalogues";

export const auth: Translation<"auth"> = {
  "auth.signInTitle": "خوش آمدید",
  "auth.signUpTitle": "اپنا اکاؤنٹ بنائیں",
  "auth.email": "ای میل",
  "auth.password": "پاس ورڈ",
  "auth.passwordHint": "کم از کم ۱۲ حروف۔ ایک چھوٹا سا جملہ اچھا رہتا ہے۔",
  "auth.showPassword": "پاس ورڈ دکھائیں",
  "auth.hidePassword": "پاس ورڈ چھپائیں",
  "auth.capsLock": "Caps Lock آن ہے۔",
  "auth.name": "نام",
  "auth.currency": "بنیادی کرنسی",
  "auth.signIn": "سائن اِن کریں",
  "auth.signUp": "اکاؤنٹ بنائیں",
  "auth.toSignUp": "پہلی بار آئے ہیں؟",
  "auth.toSignIn": "پہلے سے اکاؤنٹ ہے؟",
  "auth.promiseTitle": "آپ کا پیسہ، آپ کی نظر میں",
  "auth.promiseImport": "بینک اسٹیٹمنٹ درآمد کریں؛ دہرائے گئے اندراج خود بخود پہچان لیے جاتے ہیں۔",
  "auth.promiseSee": "ہر مہینے کی آمدنی، خرچ اور زمرے ایک نظر میں دیکھیں۔",
  "auth.promiseAsk": "سادہ لفظوں میں پوچھیں، اور جواب کے پیچھے ہر قدم خود دیکھ لیں۔",
};
