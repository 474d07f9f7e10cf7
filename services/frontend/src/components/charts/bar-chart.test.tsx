// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { BarChart } from "@/components/charts/bar-chart";
import { renderEnglish, renderIn } from "@/test/languages";

function props(income: number[], expense: number[]) {
  const series = (name: string, values: number[]) => ({ name, values, texts: values.map((value) => `$${value}`) });
  return {
    label: "More came in than went out.",
    pointName: "Month",
    formatTick: String,
    points: income.map((_, index) => ({ key: `m${index}`, text: `Month ${index}`, tick: `${index}`, href: `/transactions?from=${index}` })),
    series: [series("In", income), series("Out", expense)],
  };
}

const bars = () =>
  [...document.querySelectorAll("svg rect[class*=series]")].map((bar) => {
    const [x = 0, width = 0, y = 0, height = 0] = ["x", "width", "y", "height"].map((name) => Number.parseFloat(bar.getAttribute(name)!));
    return { x, width, y, height, fill: bar.getAttribute("fill") };
  });

describe("a bar chart", () => {
  it("puts the series of a point side by side, told apart by their fills", () => {
    renderEnglish(<BarChart {...props([100], [50])} />);
    const [income, expense] = bars();
    expect(income!.height).toBeCloseTo(2 * expense!.height);
    expect(expense!.x).toBeGreaterThan(income!.x + income!.width);
    expect(income!.fill).not.toBe(expense!.fill);
  });

  it("goes from right to left in Urdu", () => {
    renderIn("ur", <BarChart {...props([1, 2], [1, 2])} />);
    const [first, second] = bars();
    expect(first!.x).toBeGreaterThan(second!.x);
  });

  it("stacks what is above zero upwards and what is below downwards", () => {
    renderEnglish(<BarChart {...props([60], [40])} stacked />).unmount();
    renderEnglish(<BarChart {...props([60], [40])} stacked />);
    const [lower, upper] = bars();
    expect(upper!.y + upper!.height).toBeCloseTo(lower!.y);
    document.body.replaceChildren();
    renderEnglish(<BarChart {...props([60], [-40])} stacked />);
    const [above, below] = bars();
    expect(below!.y).toBeCloseTo(above!.y + above!.height);
  });

  it.each([
    ["one point", [5], [3]],
    ["nothing but zeros", [0, 0], [0, 0]],
    ["huge values", [9e17, 1], [-4e17, 2]],
  ])("draws %s", (_, income, expense) => {
    renderEnglish(<BarChart {...props(income, expense)} />);
    expect(document.body.innerHTML).not.toMatch(/NaN|Infinity|undefined/);
    expect(bars()).toHaveLength([...income, ...expense].filter(Boolean).length);
    expect(bars().every(({ height }) => height >= 1)).toBe(true);
  });

  it("leads from its table to what is behind a point", () => {
    renderEnglish(<BarChart {...props([100], [50])} alsoInTable={[{ name: "Left over", values: [50], texts: ["$50"] }]} />);
    const table = within(screen.getByRole("table", { hidden: true }));
    expect(table.getByRole("link", { hidden: true }).getAttribute("href")).toBe("/transactions?from=0");
    expect(table.getAllByRole("columnheader", { hidden: true }).map(({ textContent }) => textContent)).toEqual(["Month", "In", "Out", "Left over"]);
  });
});
