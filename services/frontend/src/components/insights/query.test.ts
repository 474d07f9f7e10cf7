import { describe, expect, it } from "vitest";
import { readCurrency, readOne, spanDays, SPANS } from "@/components/insights/query";

describe("the address of a page of figures", () => {
  it("names a currency or none", () => {
    expect(readCurrency({ currency: "USD" })).toBe("USD");
    expect([{ currency: "usd; drop" }, { currency: ["USD", "EUR"] }, {}].map(readCurrency)).toEqual([undefined, undefined, undefined]);
  });

  it("falls back where it says what there isn't", () => {
    expect(readOne("24", ["12", "24"], "12")).toBe("24");
    expect(readOne("9999", ["12", "24"], "12")).toBe("12");
  });

  it("has periods of calendar months, also across the turn of the year", () => {
    expect(SPANS.map((span) => spanDays(span, "2026-01-15"))).toEqual([
      { from: "2026-01-01", to: "2026-01-15" },
      { from: "2025-12-01", to: "2025-12-31" },
      { from: "2025-11-01", to: "2026-01-15" },
      { from: "2025-02-01", to: "2026-01-15" },
    ]);
  });
});
