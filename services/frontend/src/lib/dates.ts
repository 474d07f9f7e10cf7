import { LOCALE } from "@/lib/i18n";

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Calendar dates carry no time zone: read and written as UTC they can't slip to the day before. */
export function formatDate(isoDate: string): string {
  return formatUtc(`${isoDate}T00:00:00Z`, { day: "numeric", month: "short", year: "numeric" });
}

export function formatMonth(month: string): string {
  return formatUtc(`${month}-01T00:00:00Z`, { month: "long", year: "numeric" });
}

function formatUtc(instant: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: "UTC" }).format(new Date(instant));
}

export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

export function currentMonth(): string {
  return today().slice(0, 7);
}

export function isMonth(value: unknown): value is string {
  return typeof value === "string" && MONTH.test(value);
}

export function addMonths(month: string, count: number): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

export function firstDay(month: string): string {
  return `${month}-01`;
}

export function lastDay(month: string): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
