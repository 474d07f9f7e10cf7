// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { Meter, meterState, MeterText } from "@/components/budgets/meter";
import { renderIn } from "@/test/languages";
import { budgetStatus, usd } from "@/test/rows";

const warning = budgetStatus({ state: "warning", percent: "80.0", spent: usd("80.00"), left: usd("20.00") });
const full = budgetStatus({ state: "warning", percent: "100.0", spent: usd("100.00"), left: usd("0.00") });
const over = budgetStatus({ state: "over", percent: "150.0", spent: usd("150.00"), left: usd("-50.00") });
const empty = budgetStatus({ state: "over", percent: null, available: usd("0.00"), spent: usd("5.00"), left: usd("-5.00") });
const refunded = budgetStatus({ percent: "-5.0", spent: usd("-5.00"), left: usd("105.00") });

function barOf(status: typeof over): string | null {
  const { container } = renderIn("en", <Meter status={status} />);
  return container.querySelectorAll("rect")[1]!.getAttribute("width");
}

describe("the meter of an envelope", () => {
  it("tells nothing, some, nearly all, all and too much apart", () => {
    const states = [budgetStatus({ spent: usd("0.00") }), budgetStatus(), warning, full, over].map(meterState);
    expect(states).toEqual(["unused", "ok", "warning", "full", "over"]);
  });

  it("is never longer than its track, nor shorter than nothing", () => {
    expect([warning, over, empty, refunded].map(barOf)).toEqual(["80", "100", "100", "0"]);
  });

  it("says its state in words and with a sign, in both languages", () => {
    expect(renderIn("en", <MeterText status={over} />).container.textContent).toBe("Overspent · 150%");
    const { container } = renderIn("ur", <MeterText status={warning} />);
    expect(container.textContent).toMatch(/^ختم ہونے کے قریب · .*۸۰/);
    expect(container.querySelector("svg path")).not.toBeNull();
  });
});
