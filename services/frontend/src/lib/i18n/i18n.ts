import { DIRECTIONS, type Language, LOCALES } from "@/lib/i18n/languages";
import type { Money } from "@/lib/money";
import type { Message, MessageKey, Messages } from "@/messages/catalogues";

type Values = Record<string, string | number>;

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
// First strong isolate, and its end: what stands between them is ordered for itself, and orders nothing around it.
const [FSI, PDI] = ["\u2068", "\u2069"];

/** Texts and formats of one language. Formatters are costly to make, so there is one for each set of options. */
export class I18n {
  readonly locale: string;
  readonly direction: "ltr" | "rtl";
  readonly #formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.DisplayNames | Intl.PluralRules>();

  constructor(
    readonly language: Language,
    private readonly messages: Messages,
  ) {
    this.locale = LOCALES[language];
    this.direction = DIRECTIONS[language];
  }

  /** The text of a key; a message with plural forms picks its form by `count`. */
  readonly t = (key: MessageKey, values: Values = {}): string => {
    const message: Message | undefined = this.messages[key];
    if (message === undefined) throw new Error(`${key} isn't among this page's messages: name its namespace in <Messages of>.`);
    const text = typeof message === "string" ? message : (message[this.#plurals().select(Number(values.count))] ?? message.other);
    return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = values[name];
      if (value === undefined) return placeholder;
      return typeof value === "number" ? this.formatNumber(value) : this.#isolated(value);
    });
  };

  /** Whether there is a text for a key that was put together from what the API said. */
  readonly has = (key: string): key is MessageKey => key in this.messages;

  /**
   * Intl formats a decimal string digit by digit, so no amount is ever rounded through a float; and it would round where a
   * currency's minor unit is out of use, like the paisa, so that every digit that the API gives is asked for.
   */
  readonly formatMoney = ({ amount, currency }: Money, sign: "auto" | "exceptZero" = "auto"): string => {
    const options: Intl.NumberFormatOptions = { style: "currency", currency, signDisplay: sign };
    const given = amount.split(".")[1]?.length ?? 0;
    const usual = this.#numbers(options).resolvedOptions().maximumFractionDigits ?? 0;
    const format = given > usual ? this.#numbers({ ...options, minimumFractionDigits: given }) : this.#numbers(options);
    return this.#isolated(format.format(amount as Intl.StringNumericLiteral));
  };

  /** An amount for the axis of a chart: short, and rounded to so many significant digits. */
  readonly formatShortMoney = (amount: number, currency: string, digits: number): string =>
    this.#numbers({ style: "currency", currency, notation: "compact", maximumSignificantDigits: digits }).format(amount);

  /** A number, or a decimal string with all its digits. */
  readonly formatNumber = (value: number | string, options: Intl.NumberFormatOptions = {}): string =>
    this.#numbers(typeof value === "string" ? { maximumFractionDigits: 20, ...options } : options).format(value as Intl.StringNumericLiteral);

  /** A fraction, so that 0.5 is 50 %. */
  readonly formatPercent = (fraction: number | string, options: Intl.NumberFormatOptions = {}): string =>
    this.#numbers({ style: "percent", maximumFractionDigits: 1, ...options }).format(Number(fraction));

  /** Calendar dates carry no time zone: read and written as UTC they can't slip to the day before. */
  readonly formatDate = (isoDate: string, options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" }): string =>
    this.#dates({ ...options, timeZone: "UTC" }).format(new Date(`${isoDate}T00:00:00Z`));

  /** A month of the API, `2026-11`. */
  readonly formatMonth = (month: string, options: Intl.DateTimeFormatOptions = { month: "long", year: "numeric" }): string =>
    this.formatDate(`${month}-01`, options);

  /** A moment, in a time zone of the tz database; without one in the machine's own. */
  readonly formatDateTime = (instant: string, timeZone?: string): string =>
    this.#dates({ dateStyle: "medium", timeStyle: "short", ...(timeZone && { timeZone }) }).format(new Date(instant));

  readonly currencyName = (code: string): string => {
    const names = this.#kept("currency", () => new Intl.DisplayNames(this.locale, { type: "currency" })) as Intl.DisplayNames;
    return names.of(code) ?? code;
  };

  /** So that neither the sign of an amount nor a name in other letters moves to the wrong end of a sentence. */
  #isolated(value: string): string {
    return this.direction === "rtl" || RIGHT_TO_LEFT.test(value) ? FSI + value + PDI : value;
  }

  #plurals(): Intl.PluralRules {
    return this.#kept("plurals", () => new Intl.PluralRules(this.locale)) as Intl.PluralRules;
  }

  #numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return this.#kept(`n${JSON.stringify(options)}`, () => new Intl.NumberFormat(this.locale, options)) as Intl.NumberFormat;
  }

  #dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return this.#kept(`d${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(this.locale, options)) as Intl.DateTimeFormat;
  }

  #kept<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.DisplayNames | Intl.PluralRules>(key: string, make: () => T) {
    let format = this.#formats.get(key);
    if (!format) this.#formats.set(key, (format = make()));
    return format;
  }
}
