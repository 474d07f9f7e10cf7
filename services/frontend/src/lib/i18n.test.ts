import { describe, expect, it } from "vitest";
import { formatPercent, t } from "@/lib/i18n";

describe("t", () => {
  it("fills in values as they are, numbers in the manner of the language", () => {
    expect(t("dashboard.before", { amount: "$5.00", month: "{amount}" })).toBe("$5.00 in {amount}");
    expect(t("import.found", { count: 12345 })).toBe("12,345 new transactions");
  });

  it("chooses the plural form by the count", () => {
    expect(t("chat.toolCalls", { count: 1 })).toBe("1 tool call");
    expect(t("chat.toolCalls", { count: 0 })).toBe("0 tool calls");
  });
});

describe("formatPercent", () => {
  it("shows one decimal at most", () => {
    expect(formatPercent(0.1234)).toBe("12.3%");
    expect(formatPercent(1)).toBe("100%");
  });
});
