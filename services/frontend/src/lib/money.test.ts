import { describe, expect, it } from "vitest";
import { barLength, isNegative, isZero, negate, parseAmount } from "@/lib/money";

const usd = (amount: string) => ({ amount, currency: "USD" });

describe("sign", () => {
  it("doesn't take a zero for a negative amount", () => {
    expect(isNegative(usd("-0.00"))).toBe(false);
    expect(isZero(usd("-0.00"))).toBe(true);
    expect(isNegative(usd("-0.01"))).toBe(true);
    expect(isZero(usd("0.01"))).toBe(false);
  });

  it("is turned without arithmetic", () => {
    expect(negate("12.30")).toBe("-12.30");
    expect(negate("-12.30")).toBe("12.30");
  });
});

describe("parseAmount", () => {
  it.each([
    ["12.34", "12.34"],
    [" +12.34 ", "12.34"],
    ["1,234,567.80", "1234567.80"],
    ["1 234.50", "1234.50"],
    ["1\u00a0234.50", "1234.50"],
    ["\u221212.50", "-12.50"],
    ["007.50", "7.50"],
    ["0", "0"],
    ["۱٬۲۳۴٫۵۰", "1234.50"],
    ["٧", "7"],
  ])("reads %j as %s", (typed, amount) => {
    expect(parseAmount(typed)).toBe(amount);
  });

  // A lone comma is a decimal point in half of the world: better to ask than to be wrong by a factor of a hundred.
  it.each(["", "12,5", "12.34.56", "1e5", "0x10", "Infinity", "twelve", "1-2", "--5", "$5"])("refuses %j", (typed) => {
    expect(parseAmount(typed)).toBeUndefined();
  });
});

describe("barLength", () => {
  it("is the share in percent, never more than the whole", () => {
    expect(barLength("25.00", "100.00")).toBe(25);
    expect(barLength("-25.00", "100.00")).toBe(25);
    expect(barLength("120.00", "100.00")).toBe(100);
    expect(barLength("5.00", "0.00")).toBe(0);
  });
});
