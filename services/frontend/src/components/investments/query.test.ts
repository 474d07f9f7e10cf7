import { describe, expect, it } from "vitest";
import { ageInDays, isStale } from "@/components/investments/price-age";
import { address, firstDayOf, portfolioParameters, readPortfolioQuery, readTradesQuery } from "@/components/investments/query";

describe("the portfolio's address", () => {
  it("holds what isn't usual, and gives it back", () => {
    const query = readPortfolioQuery({ period: "3y", by: "security", currency: "EUR" });
    expect(portfolioParameters(query)).toEqual({ period: "3y", currency: "EUR" });
    expect(readPortfolioQuery(portfolioParameters(query))).toEqual(query);
  });

  it("is usual where it says nothing that we know", () => {
    expect(readPortfolioQuery({ period: "2w", by: ["kind"], currency: "eur" })).toEqual({ period: "1y", by: "security", currency: undefined });
  });
});

describe("a period", () => {
  it.each([
    ["1m", "2026-10-25"],
    ["6m", "2026-05-25"],
    ["ytd", "2026-01-01"],
    ["1y", "2025-11-25"],
    ["3y", "2023-11-25"],
    ["all", undefined],
  ] as const)("of %s begins on %s", (period, day) => expect(firstDayOf(period, "2026-11-24")).toBe(day));

  it("of a month begins in the next one where the month before is too short", () => {
    expect(firstDayOf("1m", "2026-03-31")).toBe("2026-03-01");
  });
});

describe("the trades' address", () => {
  it("keeps the known filters only", () => {
    expect(readTradesQuery({ kind: "buy", cursor: "x", account_id: "", q: "y", security_id: ["a", "b"] })).toEqual({ kind: "buy", cursor: "x" });
    expect(address("/investments/trades", {})).toBe("/investments/trades");
  });
});

describe("a price", () => {
  it("is too old after a week", () => {
    expect(ageInDays("2026-02-27", "2026-03-02")).toBe(3);
    expect([isStale("2026-11-17", "2026-11-24"), isStale("2026-11-16", "2026-11-24")]).toEqual([false, true]);
  });
});
