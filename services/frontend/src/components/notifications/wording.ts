import type { Notification } from "@/lib/api/schema";
import type { I18n } from "@/lib/i18n/i18n";
import type { Language } from "@/lib/i18n/languages";

interface Wording {
  title: string;
  message: string;
  /** The one that both are written in. */
  language: Language;
}

const MONEY = String.raw`-?[\d.]+ [A-Z]{3}`;

// The scheduler writes its sentences in English. What of them is known is said in the reader's language, word for word the same.
const TITLES = [
  ["budgetNearly", /^(?<name>.+): 80 % of the budget is spent$/],
  ["budgetOver", /^(?<name>.+): the budget is overspent$/],
  ["budgetUsedUp", /^(?<name>.+): the budget is used up$/],
  ["due", /^(?<name>.+) is due on (?<day>\d{4}-\d\d-\d\d)$/],
  ["paused", /^(?<name>.+) is paused$/],
  ["noCategory", /^(?<name>.+) has no category any more$/],
  ["failed", /^(?<name>.+) could not be settled$/],
  ["missed", /^(?<name>.+) missed (?<count>\d+) occurrences?$/],
  ["reached", /^(?<name>.+): the goal is reached$/],
] as const;
const MESSAGES = [
  ["left", new RegExp(`^(?<spent>${MONEY}) of (?<available>${MONEY}) are spent in (?<month>\\d{4}-\\d\\d), (?<left>${MONEY}) are left\\.$`)],
  ["over", new RegExp(`^(?<spent>${MONEY}) of (?<available>${MONEY}) are spent in (?<month>\\d{4}-\\d\\d), (?<left>${MONEY}) too much\\.$`)],
  ["nothingLeft", new RegExp(`^(?<spent>${MONEY}) of (?<available>${MONEY}) are spent in (?<month>\\d{4}-\\d\\d): nothing is left\\.$`)],
  ["pay", new RegExp(`^(?<amount>${MONEY}) to (?<payee>.+) on (?<day>\\d{4}-\\d\\d-\\d\\d)\\.$`)],
  ["receive", new RegExp(`^(?<amount>${MONEY}) from (?<payee>.+) on (?<day>\\d{4}-\\d\\d-\\d\\d)\\.$`)],
  ["noAccount", /^The payment of (?<day>\d{4}-\d\d-\d\d) could not be posted\. It has no account, or its account was deleted: choose another one\. Then end the pause\.$/],
  ["archived", /^The payment of (?<day>\d{4}-\d\d-\d\d) could not be posted\. Its account is archived: choose another one, or take it out of the archive\. Then end the pause\.$/],
  ["noCategory", /^The payment of (?<day>\d{4}-\d\d-\d\d) was posted without one, since its category was deleted: choose another\.$/],
  ["failed", /^Something went wrong on our side and has been logged\. It is tried again tomorrow\.$/],
  ["missed", /^What was due from (?<from>\d{4}-\d\d-\d\d) to before (?<until>\d{4}-\d\d-\d\d) is too long ago to be posted unasked: add it yourself\.$/],
  ["saved", new RegExp(`^(?<spent>${MONEY}) are saved, the goal was (?<available>${MONEY})\\.$`)],
] as const;

export function translated({ title, message }: Notification, i18n: I18n): Wording {
  const said = { title: inOwnWords(TITLES, "title", title, i18n), message: inOwnWords(MESSAGES, "message", message, i18n) };
  return said.title !== undefined && said.message !== undefined
    ? { title: said.title, message: said.message, language: i18n.language }
    : { title, message, language: "en" };
}

function inOwnWords(
  patterns: readonly (readonly [name: string, pattern: RegExp])[],
  part: "title" | "message",
  text: string,
  i18n: I18n,
): string | undefined {
  for (const [name, pattern] of patterns) {
    const found = pattern.exec(text);
    const key = `notifications.${part}.${name}`;
    if (found && i18n.has(key)) return i18n.t(key, values(found.groups ?? {}, i18n));
  }
  return undefined;
}

function values(groups: Record<string, string>, i18n: I18n): Record<string, string | number> {
  return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, value(name, text, i18n)]));
}

function value(name: string, text: string, { formatDate, formatMoney, formatMonth }: I18n): string | number {
  switch (name) {
    case "spent":
    case "available":
    case "left":
    case "amount": {
      const [amount = "", currency = ""] = text.split(" ");
      return formatMoney({ amount, currency });
    }
    case "day":
    case "from":
    case "until":
      return formatDate(text);
    case "month":
      return formatMonth(text);
    case "count":
      return Number(text);
    default:
      return text;
  }
}
