import { scaleLinear, scaleUtc } from "d3-scale";

/** Writes a value on an axis; `digits` significant ones tell neighbouring ticks apart. */
export type FormatTick = (value: number, digits: number) => string;

interface ValueAxis {
  y: (value: number) => number;
  ticks: { at: number; text: string }[];
}

/** Upwards in units of the drawing, with room for half a line of text above and below. */
export function valueAxis(values: readonly number[], height: number, format: FormatTick, fromZero: boolean): ValueAxis {
  const known = values.filter(Number.isFinite);
  let [low, high] = known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0, 0];
  if (fromZero || low === high) [low, high] = [Math.min(0, low), Math.max(0, high)];
  const flat = low === high;
  const y = scaleLinear(flat ? [0, 1] : [low, high], [height - MARGIN, MARGIN]).nice(TICKS);
  const ticks = flat ? [0] : y.ticks(TICKS);
  const digits = significantDigits(ticks);
  return { y: (value) => y(value), ticks: ticks.map((value) => ({ at: y(value), text: format(value, digits) })) };
}

const MARGIN = 8;
const TICKS = 3;

function significantDigits(ticks: readonly number[]): number {
  const largest = Math.max(...ticks.map(Math.abs));
  if (largest === 0) return 1;
  const step = ticks.length > 1 ? Math.abs(ticks[1]! - ticks[0]!) : largest;
  // A step is 1, 2 or 5 times a power of ten, but for the last bit of a float.
  return Math.min(21, Math.max(1, Math.floor(Math.log10(largest) + 1e-9) - Math.floor(Math.log10(step) + 1e-9) + 1));
}

/**
 * From 0 to 100 in the direction of reading: in a right-to-left page the past is on the right, beside the labels of the
 * values, like everything else there that has an order.
 */
export function timeAxis(dates: readonly string[], direction: "ltr" | "rtl"): (date: string) => number {
  const moments = dates.map((date) => Date.parse(date));
  const x = scaleUtc([moments[0] ?? 0, moments.at(-1) ?? 0], direction === "ltr" ? [0, 100] : [100, 0]);
  return (date) => x(Date.parse(date));
}

/** Which of so many points get a label: evenly spread and always the last; `minor` ones give way in a narrow chart. */
export function labelled(count: number, most = 5): { index: number; minor: boolean }[] {
  const step = Math.ceil(count / most);
  return Array.from({ length: Math.ceil(count / step) || 0 }, (_, back) => ({ index: count - 1 - back * step, minor: back % 2 === 1 })).reverse();
}

const INVISIBLE = /\p{Cf}/gu;

/** Wide enough for the longest of the labels, as no text can be measured on a server. */
export function labelsWidth(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.replace(INVISIBLE, "").length)) * 7.2 + 10;
}
