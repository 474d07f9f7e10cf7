import type { ForecastPoint } from "@/lib/api/schema";
import { isNegative } from "@/lib/money";

const MOST = 100;

/** Every day, or every seventh up to the last where that would be more than anybody reads. */
export function shownPoints<Point>(points: readonly Point[]): Point[] {
  return points.length <= MOST ? [...points] : points.filter((_, index) => (points.length - 1 - index) % 7 === 0);
}

/** The first day on which the balance is expected below zero, or else the first on which it may be. */
export function firstLow(points: readonly ForecastPoint[]): { point: ForecastPoint; expected: boolean } | undefined {
  const expected = points.find((point) => isNegative(point.expected));
  const possible = expected ?? points.find((point) => isNegative(point.low));
  return possible && { point: possible, expected: possible === expected };
}
