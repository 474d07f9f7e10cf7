import type { I18n } from "@/lib/i18n/i18n";

/** The formatter for the value axis of a chart in one currency. */
export const ticksIn =
  ({ formatShortMoney }: I18n, currency: string) =>
  (value: number, digits: number): string =>
    formatShortMoney(value, currency, digits);

/** "PKR, USD and EUR" in the manner of the language. */
export const listed = ({ locale }: I18n, items: readonly string[]): string => new Intl.ListFormat(locale).format(items);
