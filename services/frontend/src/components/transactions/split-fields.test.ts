import { describe, expect, it } from "vitest";
import { leftOver } from "@/components/transactions/split-fields";

const parts = (...amounts: string[]) => amounts.map((amount, key) => ({ key, amount, categoryId: "", note: "" }));

describe("leftOver", () => {
  it.each([
    ["100", ["33.33", "33.33", "33.33"], "0.01"],
    ["0.30", ["0.10", "0.20"], "0.00"],
    ["1,000", ["۱۲۰۰", ""], "-200"],
    ["100", ["x", "1"], undefined],
  ])("of %s after %j is %s", (amount, given, left) => expect(leftOver(amount, parts(...given))).toBe(left));
});
