// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { NetWorthChart } from "@/components/insights/histories";
import type { NetWorthPoint } from "@/lib/api/schema";
import { renderEnglish } from "@/test/languages";

const usd = (amount: string) => ({ amount, currency: "USD" });

function point(date: string, worth: string, fields: Partial<NetWorthPoint> = {}): NetWorthPoint {
  return {
    date,
    assets: usd(worth),
    liabilities: usd("0.00"),
    investments: usd("0.00"),
    net_worth: usd(worth),
    unconverted: [],
    missing_rates: [],
    unpriced: [],
    ...fields,
  };
}

const show = (...points: NetWorthPoint[]) => renderEnglish(<NetWorthChart history={{ currency: "USD", points, rates: [] }} />);

describe("the history of net worth", () => {
  it("says in a sentence where it went", () => {
    show(point("2026-10-31", "100.00"), point("2026-11-26", "250.00"));
    expect(screen.getByRole("img", { name: "Net worth went from $100.00 on Oct 31, 2026 to $250.00 on Nov 26, 2026." })).toBeDefined();
  });

  it("names what has no exchange rate instead of adding it", () => {
    const euros = { unconverted: [{ amount: "70.00", currency: "EUR" }], missing_rates: ["EUR/USD"] };
    show(point("2026-10-31", "0.00"), point("2026-11-26", "0.00", euros));
    expect(screen.getByText(/Not included: €70.00, as there is no exchange rate for EUR\/USD\./)).toBeDefined();
  });

  it("draws nothing where there is nothing", () => {
    show(point("2026-10-31", "0.00"), point("2026-11-26", "0.00"));
    expect(screen.queryByRole("img")).toBeNull();
    expect(screen.getByText("Nothing to show yet")).toBeDefined();
  });
});
