import { describe, expect, it } from "vitest";
import { translated } from "@/components/notifications/wording";
import type { Notification } from "@/lib/api/schema";
import { english, urdu } from "@/test/languages";

function said(title: string, message: string): Notification {
  return { id: "n1", kind: "budget_warning", title, message, subject_id: null, created_at: "2026-11-26T08:00:00Z", read: false };
}

describe("a notification", () => {
  it("is said in the reader's language, with amounts and dates as they are written there", () => {
    const nearly = said("Food: 80 % of the budget is spent", "800.00 PKR of 1000.00 PKR are spent in 2026-11, 200.00 PKR are left.");
    expect(translated(nearly, english).message).toBe("PKR\u00a0800.00 of PKR\u00a01,000.00 are spent in November 2026, PKR\u00a0200.00 are left.");
    const { title, message, language } = translated(nearly, urdu);
    expect(title).toBe("\u2068Food\u2069: بجٹ کا ۸۰٪ خرچ ہو چکا ہے");
    expect(message).toContain("۸۰۰");
    expect(language).toBe("ur");
  });

  it.each([
    ["Rent is due on 2026-12-01", "90000.00 PKR to Haji {count} on 2026-12-01."],
    ["Rent missed 1 occurrence", "What was due from 2026-01-01 to before 2026-02-01 is too long ago to be posted unasked: add it yourself."],
    ["Rent is paused", "The payment of 2026-12-01 could not be posted. Its account is archived: choose another one, or take it out of the archive. Then end the pause."],
    ["Car: the goal is reached", "500.00 PKR are saved, the goal was 500.00 PKR."],
    ["Food: the budget is overspent", "5.00 PKR of 4.00 PKR are spent in 2026-11, 1.00 PKR too much."],
  ])("is known: %s", (title, message) => expect(translated(said(title, message), urdu).language).toBe("ur"));

  it("that isn't known stays word for word", () => {
    const news = said("Something new", "500.00 PKR are saved, the goal was 500.00 PKR.");
    expect(translated(news, urdu)).toEqual({ title: news.title, message: news.message, language: "en" });
  });
});
