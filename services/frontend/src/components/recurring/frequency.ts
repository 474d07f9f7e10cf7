import type { I18n } from "@/lib/i18n/i18n";

export const UNITS = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
export const NTH = [1, 2, 3, 4, -1] as const;
export const LAST_DAY = 31;
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const A_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

type Unit = (typeof UNITS)[number];

/** A weekday, Monday being 0; with an ordinal the n-th of the month, counted from its end where that is negative. */
interface Weekday {
  day: number;
  nth: number;
}

/** The part of an RRULE (RFC 5545) that the API takes. What it leaves open the start date settles. */
interface Rule {
  unit: Unit;
  interval: number;
  weekdays: Weekday[];
  monthDays: number[];
  count: number | undefined;
  until: string | undefined;
}

export type End = { kind: "never" } | { kind: "on"; date: string } | { kind: "after"; count: number };

/** What the builder can say: each of its rules is one of the API's, but not the other way round. */
export interface Frequency {
  unit: Unit;
  interval: number;
  /** Of a week. */
  weekdays: number[];
  /** What a month goes by: the day of the start, days of the month, or its n-th weekday. */
  monthBy: "start" | "days" | "weekday";
  monthDays: number[];
  nth: number;
  weekday: number;
  end: End;
}

export const MONTHLY: Frequency = { unit: "MONTHLY", interval: 1, weekdays: [], monthBy: "start", monthDays: [], nth: 1, weekday: 0, end: { kind: "never" } };

/** The rule without its end on a day, for which the API has a field. */
export function ruleOf({ unit, interval, weekdays, monthBy, monthDays, nth, weekday, end }: Frequency): string {
  const parts = [`FREQ=${unit}`];
  if (interval > 1) parts.push(`INTERVAL=${interval}`);
  if (unit === "WEEKLY" && weekdays.length > 0) parts.push(`BYDAY=${ascending(weekdays).map((day) => WEEKDAYS[day]).join(",")}`);
  if (unit === "MONTHLY" && monthBy === "weekday") parts.push(`BYDAY=${nth}${WEEKDAYS[weekday]}`);
  if (unit === "MONTHLY" && monthBy === "days" && monthDays.length > 0) parts.push(`BYMONTHDAY=${ascending(monthDays).join(",")}`);
  if (end.kind === "after") parts.push(`COUNT=${end.count}`);
  return parts.join(";");
}

/** Undefined for a rule that the builder has no fields for. */
export function frequencyOf(text: string, endDate: string | null): Frequency | undefined {
  const { unit, interval, weekdays, monthDays, count, until } = parse(text);
  const first = unit === "MONTHLY" ? weekdays[0] : undefined;
  if (first && (weekdays.length > 1 || !NTH.some((nth) => nth === first.nth))) return undefined;
  const last = [endDate, until].filter(Boolean).sort()[0];
  if (count && last) return undefined;
  return {
    unit,
    interval,
    weekdays: unit === "WEEKLY" ? weekdays.map(({ day }) => day) : [],
    monthBy: first ? "weekday" : monthDays.length > 0 ? "days" : "start",
    monthDays,
    nth: first?.nth ?? MONTHLY.nth,
    weekday: first?.day ?? MONTHLY.weekday,
    end: count ? { kind: "after", count } : last ? { kind: "on", date: last } : MONTHLY.end,
  };
}

/** When something recurs, in words. */
export function frequencyText(i18n: I18n, text: string, startDate: string, endDate: string | null): string {
  const { t, formatDate } = i18n;
  const rule = parse(text);
  const every = t(`recurring.every.${rule.unit}`, { count: rule.interval });
  const on = onText(i18n, rule, startDate);
  let words = on ? t("recurring.words.on", { every, on }) : every;
  if (rule.count) words = t("recurring.words.times", { words, count: rule.count });
  const last = [endDate, rule.until].filter((day) => day != null).sort()[0];
  return last ? t("recurring.words.until", { words, date: formatDate(last) }) : words;
}

export function weekdayName({ formatDate }: I18n, day: number, weekday: "long" | "short" = "long"): string {
  return formatDate(new Date(A_MONDAY + day * DAY_MS).toISOString().slice(0, 10), { weekday });
}

function onText(i18n: I18n, { unit, weekdays, monthDays }: Rule, startDate: string): string | undefined {
  const { t, formatDate, locale } = i18n;
  const listed = (texts: string[]) => new Intl.ListFormat(locale, { type: "conjunction" }).format(texts);
  switch (unit) {
    case "DAILY":
      return undefined;
    case "YEARLY":
      return formatDate(startDate, { day: "numeric", month: "long" });
    case "WEEKLY":
      return weekdays.length > 0 ? listed(weekdays.map(({ day }) => weekdayName(i18n, day))) : formatDate(startDate, { weekday: "long" });
    case "MONTHLY": {
      if (weekdays.length > 0) {
        return listed(weekdays.map(({ day, nth }) => t(nth ? "recurring.nthDay" : "recurring.eachDay", { nth: nthText(i18n, nth), day: weekdayName(i18n, day) })));
      }
      const days = monthDays.length > 0 ? monthDays : [Number(startDate.slice(8))];
      return listed(days.map((day) => (day === LAST_DAY ? t("recurring.lastDay") : t("recurring.monthDay", { day }))));
    }
  }
}

export function nthText({ t, has }: I18n, nth: number): string {
  const key = `recurring.nth.${nth}`;
  return has(key) ? t(key) : "";
}

function parse(text: string): Rule {
  const parts = new Map(text.split(";").map((part) => part.split("=") as [string, string]));
  const listed = (name: string) => parts.get(name)?.split(",") ?? [];
  const until = parts.get("UNTIL");
  return {
    unit: parts.get("FREQ") as Unit,
    interval: Number(parts.get("INTERVAL") ?? 1),
    weekdays: listed("BYDAY").map((day) => ({ day: WEEKDAYS.indexOf(day.slice(-2)), nth: Number(day.slice(0, -2)) })),
    monthDays: listed("BYMONTHDAY").map(Number),
    count: Number(parts.get("COUNT")) || undefined,
    until: until && `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`,
  };
}

function ascending(numbers: readonly number[]): number[] {
  return [...numbers].sort((one, other) => one - other);
}
