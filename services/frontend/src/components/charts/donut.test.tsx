// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Donut, Ring } from "@/components/charts/donut";
import { renderEnglish } from "@/test/languages";

const slices = (values: number[]) => values.map((value, index) => ({ key: `k${index}`, name: `Part ${index}`, value, text: `$${value}`, share: "–" }));
const drawn = () => document.querySelectorAll("path[class*=slice]");

describe("a donut", () => {
  const render = (values: number[]) => renderEnglish(<Donut label="Mostly shares." columns={["Kind", "Worth", "Share"]} slices={slices(values)} centre="$9" />);

  it("names its parts in a sentence, a key and a table", () => {
    render([6, 3]);
    expect(screen.getByRole("img", { name: "Mostly shares." })).toBeDefined();
    expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual(["Part 0$6", "Part 1$3"]);
    expect(screen.getAllByRole("row", { hidden: true })).toHaveLength(3);
  });

  it.each([
    ["one part", [5], 1],
    ["zeros and debts as nothing", [5, 0, -3], 1],
    ["nothing at all as an empty ring", [0, 0], 0],
    ["huge values", [9e17, 1e17], 2],
    ["more parts than colours", [8, 7, 6, 5, 4, 3, 2, 1], 8],
  ])("draws %s", (_, values, count) => {
    render(values);
    expect(document.body.innerHTML).not.toMatch(/NaN|Infinity|undefined/);
    expect(drawn()).toHaveLength(count);
  });
});

describe("a ring", () => {
  const arcs = (share: number) => {
    const { container } = renderEnglish(<Ring label="Groceries: $8 of $10." share={share} text="80%" />);
    return [...container.querySelectorAll("path")].map((path) => path.getAttribute("d"));
  };

  it("says what it shows in words and in its middle", () => {
    arcs(0.8);
    expect(screen.getByRole("img", { name: "Groceries: $8 of $10." }).textContent).toBe("80%");
  });
  it("is empty at nothing", () => expect(arcs(0)).toHaveLength(1));
  it("is full at more than all", () => expect(arcs(3)).toEqual(arcs(1)));
  it("takes what isn't known for nothing", () => expect(arcs(Number.NaN)).toHaveLength(1));
});
