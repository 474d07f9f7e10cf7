import { describe, expect, it } from "vitest";
import { labelled, timeAxis, valueAxis } from "@/components/charts/axes";
import { english } from "@/test/languages";

const dollars = (value: number, digits: number) => english.formatShortMoney(value, "USD", digits);
const texts = (values: number[], fromZero = false) => valueAxis(values, 200, dollars, fromZero).ticks.map(({ text }) => text);

describe("the axis of values", () => {
  it("labels round figures", () => expect(texts([120, 980], true)).toEqual(["$0", "$500", "$1K"]));
  it("tells ticks apart that differ late", () => expect(texts([1_000_000, 1_000_800])).toEqual(["$1M", "$1.0002M", "$1.0004M", "$1.0006M", "$1.0008M"]));
  it("reaches below zero", () => expect(texts([-500, 500])).toEqual(["-$500", "$0", "$500"]));
  it("shows one zero where there is nothing else", () => expect(texts([0, 0])).toEqual(["$0"]));
  it("shows equal values against zero", () => expect(texts([50, 50])[0]).toBe("$0"));
  it("is the same for nothing as for zero", () => expect(texts([])).toEqual(["$0"]));

  it("puts more above less and stays within the height", () => {
    const { y } = valueAxis([10, 90], 200, dollars, true);
    expect(y(90)).toBeLessThan(y(10));
    expect(Math.min(y(90), y(10), y(0))).toBeGreaterThanOrEqual(0);
    expect(Math.max(y(90), y(10), y(0))).toBeLessThanOrEqual(200);
  });
});

describe("the axis of time", () => {
  it("puts days where they belong between the first and the last", () => {
    expect(timeAxis(["2026-01-01", "2026-01-11"], "ltr")("2026-01-02")).toBeCloseTo(10);
    expect(timeAxis(["2026-01-01", "2026-01-11"], "rtl")("2026-01-02")).toBeCloseTo(90);
  });
  it("puts a single day in the middle", () => expect(timeAxis(["2026-01-01"], "ltr")("2026-01-01")).toBe(50));
});

describe("the labels of points", () => {
  it("are few, evenly spread, and always of the last", () => {
    expect(labelled(12).map(({ index }) => index)).toEqual([2, 5, 8, 11]);
    expect(labelled(91)).toHaveLength(5);
    expect(labelled(91).at(-1)).toEqual({ index: 90, minor: false });
  });
  it("are of all points where those are few", () => expect(labelled(3).map(({ index }) => index)).toEqual([0, 1, 2]));
  it("are none without points", () => expect(labelled(0)).toEqual([]));
});
