import { en } from "@/messages/en";

export const LOCALE = "en-US";
export const LANGUAGE = "en";
export const DIRECTION = "ltr";

export type MessageKey = keyof typeof en;
type Values = Record<string, string | number>;

const plurals = new Intl.PluralRules(LOCALE);
const numbers = new Intl.NumberFormat(LOCALE);

/** The text of a key; a message with plural forms picks its form by `count`. */
export function t(key: MessageKey, values: Values = {}): string {
  const entry: string | Partial<Record<Intl.LDMLPluralRule, string>> & { other: string } = en[key];
  const text = typeof entry === "string" ? entry : (entry[plurals.select(Number(values.count))] ?? entry.other);
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    return typeof value === "number" ? numbers.format(value) : (value ?? placeholder);
  });
}

export function formatPercent(fraction: number): string {
  return new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 1 }).format(fraction);
}
