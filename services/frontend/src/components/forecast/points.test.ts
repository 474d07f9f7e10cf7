import { describe, expect, it } from "vitest";
import { firstLow, shownPoints } from "@/components/forecast/points";

const usd = (amount: string) => ({ amount, currency: "USD" });
const point = (date: string, low: string, expected: string) => ({ date, low: usd(low), expected: usd(expected), high: usd("999.00") });

describe("the points of a forecast", () => {
  it("are all shown for three months, and each week's and the last for longer", () => {
    const days = (count: number) => Array.from({ length: count }, (_, day) => day + 1);
    expect(shownPoints(days(90))).toHaveLength(90);
    const year = shownPoints(days(365));
    expect(year.at(-1)).toBe(365);
    expect(year.at(-2)).toBe(358);
    expect(year).toHaveLength(53);
  });
});

describe("a low balance", () => {
  const fine = point("2026-11-27", "10.00", "20.00");
  const maybe = point("2026-11-28", "-5.00", "10.00");
  const surely = point("2026-11-30", "-30.00", "-0.01");

  it("is the day on which nothing is expected to be left, before one on which that may be", () =>
    expect(firstLow([fine, maybe, surely])).toEqual({ point: surely, expected: true }));
  it("is else the first day on which that may be", () => expect(firstLow([fine, maybe])).toEqual({ point: maybe, expected: false }));
  it("isn't a balance of nothing", () => expect(firstLow([fine, point("2026-11-28", "0.00", "-0.00")])).toBeUndefined());
});
