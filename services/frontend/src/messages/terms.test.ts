import { expect, it } from "vitest";
import { messagesOf, NAMESPACES } from "@/messages/catalogues";

/** For each concept of the product the one word that Urdu has for it here, and the others that it would have. */
const TERMS: Record<string, readonly string[]> = {
  اکاؤنٹ: ["کھاتہ", "کھاتے", "کھاتوں", "اکاونٹ"],
  بیلنس: ["بقایا"],
  "بغیر زمرہ": ["بلا زمرہ", "بے زمرہ"],
  "لین دین": ["ٹرانزیکشن"],
  سودا: ["خرید و فروخت"],
  "باقاعدہ ادائیگی": ["بار بار کی ادائیگی"],
  اصول: [" قاعدہ", " قاعدے", "\"قاعدے", " قاعدوں"],
  ترتیبات: ["سیٹنگز"],
};

const TEXTS = Object.entries(messagesOf("ur", NAMESPACES)).map(([key, message]) => [key, JSON.stringify(message)] as const);

it.each(Object.entries(TERMS))("Urdu calls it %s everywhere", (term, others) => {
  expect(TEXTS.filter(([, text]) => others.some((other) => text.includes(other)))).toEqual([]);
  expect(TEXTS.some(([, text]) => text.includes(term))).toBe(true);
});

it("keeps the word for securities, which are assets in Urdu, to the log of security", () => {
  expect(TEXTS.filter(([, text]) => text.includes("سیکیورٹی") && !text.includes("سیکیورٹی لاگ"))).toEqual([]);
});
