// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { CategoryChart } from "@/components/dashboard/category-chart";
import type { CategoryTotal } from "@/lib/api/schema";
import { renderEnglish } from "@/test/languages";

const CATEGORIES: CategoryTotal[] = [
  { category_id: "c1", name: "Housing", amount: { amount: "1250.00", currency: "USD" }, share: "0.8" },
  { category_id: null, name: "Uncategorised", amount: { amount: "312.50", currency: "USD" }, share: "0.2" },
];

describe("the chart of a month", () => {
  it("has a sentence for those who don't see it", () => {
    renderEnglish(<CategoryChart month="2026-02" categories={CATEGORIES} />);
    expect(screen.getByRole("img", { name: "Spending by category in February 2026: Housing is the largest with $1,250.00." })).toBeDefined();
  });

  it("draws each bar against the largest", () => {
    renderEnglish(<CategoryChart month="2026-02" categories={CATEGORIES} />);
    const bars = [...document.querySelectorAll("svg rect:last-child")].map((bar) => bar.getAttribute("width"));
    expect(bars).toEqual(["100", "25"]);
  });

  it("gives the same figures as a table that leads to the transactions behind them", () => {
    renderEnglish(<CategoryChart month="2026-02" categories={CATEGORIES} />);
    const table = within(screen.getByRole("table", { hidden: true }));
    const cells = table.getAllByRole("row", { hidden: true }).map((row) => [...row.children].map((cell) => cell.textContent));
    expect(cells).toEqual([
      ["Category", "Amount", "Share"],
      ["Housing", "$1,250.00", "80%"],
      ["Uncategorised", "$312.50", "20%"],
    ]);
    const links = table.getAllByRole("link", { hidden: true }).map((link) => link.getAttribute("href"));
    expect(links).toEqual([
      "/transactions?category_id=c1&from=2026-02-01&to=2026-02-28",
      "/transactions?uncategorised=true&direction=out&from=2026-02-01&to=2026-02-28",
    ]);
  });

  it("says so when nothing was spent", () => {
    renderEnglish(<CategoryChart month="2026-02" categories={[]} />);
    expect(screen.getByText("No spending in February 2026.")).toBeDefined();
    expect(screen.queryByRole("img")).toBeNull();
  });
});
