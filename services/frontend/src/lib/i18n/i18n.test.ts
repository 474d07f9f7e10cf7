import { describe, expect, it, vi } from "vitest";
import { acceptedLanguage } from "@/lib/i18n/languages";
import { english, urdu } from "@/test/languages";

const { t, formatDate, formatMoney, formatMonth, formatPercent } = english;
const usd = (amount: string) => ({ amount, currency: "USD" });

describe("t", () => {
  it("fills in values as they are, numbers in the manner of the language", () => {
    expect(t("dashboard.before", { amount: "$5.00", month: "{amount}" })).toBe("$5.00 in {amount}");
    expect(t("imports.found", { count: 12345 })).toBe("12,345 new transactions");
  });

  it("chooses the plural form by the count", () => {
    expect(t("chat.toolCalls", { count: 1 })).toBe("1 tool call");
    expect(t("chat.toolCalls", { count: 0 })).toBe("0 tool calls");
  });
});

describe("formatMoney", () => {
  it.each([
    ["1234.5", "USD", "$1,234.50"],
    ["-0.01", "USD", "-$0.01"],
    ["1234", "JPY", "¥1,234"],
    ["1.5", "KWD", "KWD\u00a01.500"],
    ["99", "EUR", "€99.00"],
    ["1234.50", "PKR", "PKR\u00a01,234.50"],
  ])("writes %s %s as %s", (amount, currency, text) => {
    expect(formatMoney({ amount, currency })).toBe(text);
  });

  it("keeps every digit of an amount that a float can't hold", () => {
    expect(formatMoney(usd("9007199254740993.07"))).toBe("$9,007,199,254,740,993.07");
  });

  it("shows a sign on money that came in, and none on zero", () => {
    expect(formatMoney(usd("5.00"), "exceptZero")).toBe("+$5.00");
    expect(formatMoney(usd("-5.00"), "exceptZero")).toBe("-$5.00");
    expect(formatMoney(usd("0.00"), "exceptZero")).toBe("$0.00");
  });
});

describe("formatPercent", () => {
  it("shows one decimal at most", () => {
    expect(formatPercent(0.1234)).toBe("12.3%");
    expect(formatPercent("1")).toBe("100%");
  });
});

describe("calendar dates", () => {
  it.each(["Pacific/Kiritimati", "America/Los_Angeles", "UTC"])("don't slip to another day in %s", (zone) => {
    vi.stubEnv("TZ", zone);
    expect(formatDate("2026-01-01")).toBe("Jan 1, 2026");
    expect(formatMonth("2026-01")).toBe("January 2026");
  });
});

describe("Urdu", () => {
  it("is written with its own digits, currencies and months", () => {
    expect(urdu.formatMoney({ amount: "1234.50", currency: "PKR" })).toMatch(/۱٬۲۳۴٫۵۰/);
    expect(urdu.formatDate("2026-01-02")).toMatch(/۲ جنوری.*۲۰۲۶/);
    expect(urdu.formatPercent(0.5)).toMatch(/۵۰/);
    expect(urdu.direction).toBe("rtl");
  });
});

describe("text of both directions", () => {
  const isolated = (text: string) => `\u2068${text}\u2069`;

  it("is isolated where it is filled into Urdu", () => {
    expect(urdu.t("accounts.editOf", { name: "Meezan (2)" })).toContain(isolated("Meezan (2)"));
    expect(urdu.t("imports.found", { count: 3 })).not.toContain("\u2068");
  });

  it("is isolated in English only where it runs the other way", () => {
    expect(t("accounts.editOf", { name: "بٹوہ" })).toBe(`Edit ${isolated("بٹوہ")}`);
    expect(t("accounts.editOf", { name: "Wallet" })).toBe("Edit Wallet");
  });

  it.each([
    ["-1234.50", "\u200e-\u200e$۱٬۲۳۴٫۵۰"],
    ["1234.50", "\u200e+\u200e$۱٬۲۳۴٫۵۰"],
  ])("keeps the sign of %s before the amount", (amount, written) => {
    expect(urdu.formatMoney(usd(amount), "exceptZero")).toBe(isolated(written));
  });
});

describe("acceptedLanguage", () => {
  it.each([
    ["ur-PK,ur;q=0.9,en;q=0.8", "ur"],
    ["de, en;q=0.5, ur;q=0.7", "ur"],
    ["en-GB,ur;q=0.1", "en"],
    ["ur;q=0, fr", "en"],
    ["", "en"],
    [null, "en"],
    ["*", "en"],
  ])("of %j is %s", (header, language) => expect(acceptedLanguage(header)).toBe(language));
});
