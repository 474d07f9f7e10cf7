// @vitest-environment jsdom
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { LineChart } from "@/components/charts/line-chart";
import { english, renderEnglish, renderIn } from "@/test/languages";

const formatTick = (value: number, digits: number) => english.formatShortMoney(value, "USD", digits);

function props(values: (number | null)[]) {
  const months = values.map((_, index) => `2026-${String(index + 1).padStart(2, "0")}`);
  return {
    label: "Net worth rose.",
    pointName: "Month",
    formatTick,
    points: months.map((month) => ({ key: `${month}-01`, text: english.formatMonth(month), tick: month })),
    series: [{ name: "Net worth", values, texts: values.map((value) => (value === null ? "–" : english.formatMoney({ amount: String(value), currency: "USD" }))) }],
  };
}

const lines = () => [...document.querySelectorAll("path[class*=line]")].map((path) => path.getAttribute("d"));
const markers = () => [...document.querySelectorAll("svg[class*=marker]")].map((marker) => Number.parseFloat(marker.getAttribute("x")!));

describe("a line chart", () => {
  it("has a sentence for the drawing and every figure in its table", () => {
    renderEnglish(<LineChart {...props([100, 250])} />);
    expect(screen.getByRole("img", { name: "Net worth rose." })).toBeDefined();
    const rows = within(screen.getByRole("table", { hidden: true })).getAllByRole("row", { hidden: true });
    expect(rows.map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
      ["Month", "Net worth"],
      ["January 2026", "$100.00"],
      ["February 2026", "$250.00"],
    ]);
    expect([...document.querySelectorAll("title")].map(({ textContent }) => textContent)).toContain("January 2026\nNet worth: $100.00");
  });

  it("runs from left to right in English and from right to left in Urdu", () => {
    renderEnglish(<LineChart {...props([1, 2, 3])} />).unmount();
    renderEnglish(<LineChart {...props([1, 2, 3])} />);
    const english = markers();
    expect([english[0], english.at(-1)]).toEqual([0, 100]);
    document.body.replaceChildren();
    renderIn("ur", <LineChart {...props([1, 2, 3])} />);
    const urdu = markers();
    expect([urdu[0], urdu.at(-1)]).toEqual([100, 0]);
  });

  it("leaves a gap where a value isn't known", () => {
    renderEnglish(<LineChart {...props([1, 2, null, 3, 4])} />);
    expect(lines()[0]!.match(/M/g)).toHaveLength(2);
  });

  it.each([
    ["one point", [5]],
    ["equal values", [7, 7, 7]],
    ["nothing but zeros", [0, 0, 0]],
    ["huge values", [9e17, -4e17]],
    ["nothing known", [null, null]],
  ])("draws %s", (_, values) => {
    renderEnglish(<LineChart {...props(values)} />);
    expect(document.body.innerHTML).not.toMatch(/NaN|Infinity|undefined/);
    expect(markers()).toHaveLength(values.filter((value) => value !== null).length);
  });

  it("draws nothing of nothing", () => {
    renderEnglish(<LineChart {...props([])} />);
    expect(screen.queryByRole("figure")).toBeNull();
  });
});
