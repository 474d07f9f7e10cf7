import { describe, expect, it } from "vitest";
import { type Frequency, frequencyOf, frequencyText, MONTHLY, NTH, ruleOf } from "@/components/recurring/frequency";
import { english, urdu } from "@/test/languages";

const START = "2026-11-26"; // a Thursday

/** What the builder says, the API's rule for it, and its words. */
const TABLE: [Partial<Frequency>, string, string][] = [
  [{ unit: "DAILY" }, "FREQ=DAILY", "Every day"],
  [{ unit: "DAILY", interval: 10 }, "FREQ=DAILY;INTERVAL=10", "Every 10 days"],
  [{ unit: "WEEKLY" }, "FREQ=WEEKLY", "Every week on Thursday"],
  [{ unit: "WEEKLY", interval: 2, weekdays: [3, 0] }, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "Every 2 weeks on Monday and Thursday"],
  [{ unit: "MONTHLY" }, "FREQ=MONTHLY", "Every month on day 26"],
  [{ unit: "MONTHLY", monthBy: "days", monthDays: [31, 1, 15] }, "FREQ=MONTHLY;BYMONTHDAY=1,15,31", "Every month on day 1, day 15, and the last day"],
  [{ unit: "MONTHLY", interval: 3, monthBy: "weekday", nth: 1, weekday: 4 }, "FREQ=MONTHLY;INTERVAL=3;BYDAY=1FR", "Every 3 months on the first Friday"],
  [{ unit: "MONTHLY", monthBy: "weekday", nth: -1, weekday: 6 }, "FREQ=MONTHLY;BYDAY=-1SU", "Every month on the last Sunday"],
  [{ unit: "YEARLY" }, "FREQ=YEARLY", "Every year on November 26"],
  [{ unit: "YEARLY", end: { kind: "after", count: 5 } }, "FREQ=YEARLY;COUNT=5", "Every year on November 26, 5 times"],
];

describe("a frequency", () => {
  it.each(TABLE)("%o is the rule %s: %s", (part, rule, words) => {
    const frequency = { ...MONTHLY, ...part };
    expect(ruleOf(frequency)).toBe(rule);
    expect(frequencyText(english, rule, START, null)).toBe(words);
  });

  it("comes back from its own rule, whatever is chosen", () => {
    const ends: Frequency["end"][] = [{ kind: "never" }, { kind: "after", count: 12 }, { kind: "on", date: "2027-12-31" }];
    const shapes: Partial<Frequency>[] = [
      { unit: "DAILY" },
      ...[[], [2], [0, 1, 2, 3, 4, 5, 6]].map((weekdays) => ({ unit: "WEEKLY" as const, weekdays })),
      ...[[5], [1, 28, 29, 30, 31]].map((monthDays) => ({ monthBy: "days" as const, monthDays })),
      ...NTH.flatMap((nth) => [0, 6].map((weekday) => ({ monthBy: "weekday" as const, nth, weekday }))),
      { unit: "YEARLY" },
    ];
    for (const shape of shapes) {
      for (const end of ends) {
        for (const interval of [1, 2, 100]) {
          const frequency = { ...MONTHLY, ...shape, end, interval };
          expect(frequencyOf(ruleOf(frequency), end.kind === "on" ? end.date : null)).toEqual(frequency);
        }
      }
    }
  });

  it("takes the end from either place where the API may have it", () => {
    expect(frequencyOf("FREQ=DAILY;UNTIL=20271231", null)?.end).toEqual({ kind: "on", date: "2027-12-31" });
    expect(frequencyOf("FREQ=DAILY;UNTIL=20271231", "2027-06-30")?.end).toEqual({ kind: "on", date: "2027-06-30" });
  });

  it.each([
    ["FREQ=MONTHLY;BYDAY=1MO,3MO", null, "Every month on the first Monday and the third Monday"],
    ["FREQ=MONTHLY;BYDAY=FR", null, "Every month on each Friday"],
    ["FREQ=MONTHLY;BYDAY=-2TU", null, "Every month on the second to last Tuesday"],
    ["FREQ=WEEKLY;COUNT=8", "2027-01-31", "Every week on Thursday, 8 times, until Jan 31, 2027"],
  ])("leaves %s, which it has no fields for, as it is", (rule, endDate, words) => {
    expect(frequencyOf(rule, endDate)).toBeUndefined();
    expect(frequencyText(english, rule, START, endDate)).toBe(words);
  });

  it("is said in Urdu with its days and digits", () => {
    const said = (rule: string) => frequencyText(urdu, rule, START, null).replace(/[\u2068\u2069]/g, "");
    expect(said("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH")).toBe("ہر ۲ ہفتے بعد، پیر اور جمعرات کو");
    expect(said("FREQ=MONTHLY;BYMONTHDAY=15,31")).toBe("ہر مہینے، ۱۵ تاریخ اور آخری دن کو");
    expect(said("FREQ=MONTHLY;BYDAY=1MO;COUNT=12")).toBe("ہر مہینے، پہلے پیر کو، ۱۲ بار");
  });
});
