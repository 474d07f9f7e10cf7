import { describe, expect, it } from "vitest";
import { absolute, difference, sum } from "@/lib/decimals";

describe("sum", () => {
  it.each([
    [["0.10", "0.20"], "0.30"],
    [["9007199254740993.07", "0.01"], "9007199254740993.08"],
    [["-0.05", "0.02"], "-0.03"],
    [["1", "0.125", "-0.5"], "0.625"],
    [["1500", "-1500"], "0"],
    [["-0.50", "0.50"], "0.00"],
    [[], "0"],
  ])("of %j is %s, to the last digit", (amounts, total) => expect(sum(amounts)).toBe(total));
});

describe("difference", () => {
  it("knows both signs", () => {
    expect(difference("10.00", "12.5")).toBe("-2.50");
    expect(difference("10.00", "-2")).toBe("12.00");
  });
});

describe("absolute", () => {
  it("drops the sign only", () => {
    expect(absolute("-0.10")).toBe("0.10");
    expect(absolute("0.10")).toBe("0.10");
  });
});
