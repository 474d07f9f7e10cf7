import { describe, expect, it } from "vitest";
import type { Lists } from "@/components/rules/lists";
import { ruleSentence } from "@/components/rules/sentence";
import type { Actions, Conditions } from "@/lib/api/schema";
import { english, urdu } from "@/test/languages";

const LISTS: Lists = {
  accounts: [{ id: "a1", name: "Everyday" }],
  categories: [{ id: "c1", name: "کھانا" }],
  tags: [],
};

function rule(conditions: Partial<Conditions>, actions: Actions, stop = false) {
  return { conditions: { any_text: false, ...conditions }, actions, stop };
}

/** Without the marks that keep a text's own direction. */
function plain(text: string): string {
  return text.replace(/[\u2068\u2069]/g, "");
}

const COFFEE = { field: "payee", operator: "contains", value: "coffee" } as const;
const LUNCH = { field: "note", operator: "starts", value: "Lunch" } as const;

describe("a rule as a sentence", () => {
  it.each([
    [rule({ texts: [COFFEE] }, { category_id: "c1" }), "When the payee contains “coffee”: set the category to کھانا."],
    [
      rule({ texts: [COFFEE, LUNCH] }, { category_id: "c1", tags: ["work"] }),
      "When the payee contains “coffee” and the note begins with “Lunch”: set the category to کھانا and add the tag work.",
    ],
    [
      rule({ texts: [COFFEE, LUNCH], any_text: true, account_id: "a1", direction: "out" }, { payee: "Café" }, true),
      "When either the payee contains “coffee” or the note begins with “Lunch”, the account is Everyday, and money goes out: rename the payee to “Café” and skip the rules below.",
    ],
    [
      rule({ min_amount: "5", max_amount: "1250.5", currency: "USD" }, { status: "reconciled", tags: ["a", "b"] }),
      "When the amount is between $5.00 and $1,250.50: add the tags a and b and mark it as reconciled.",
    ],
    [rule({ min_amount: "12.50" }, { transfer_account_id: "gone" }), "When the amount is at least 12.5: make it a transfer with (deleted)."],
    [rule({ min_amount: "9", max_amount: "9" }, { category_id: "c1" }), "When the amount is 9: set the category to کھانا."],
    [rule({ currency: "PKR" }, { category_id: "c1" }), "When the currency is Pakistani Rupee: set the category to کھانا."],
  ])("%#", (given, sentence) => expect(plain(ruleSentence(english, given, LISTS))).toBe(sentence));

  it("reads naturally in Urdu, with Urdu digits", () => {
    const given = rule({ texts: [COFFEE], direction: "out", max_amount: "500", currency: "PKR" }, { category_id: "c1", tags: ["گھر"] });
    expect(plain(ruleSentence(urdu, given, LISTS))).toMatch(
      /^جب وصول کنندہ میں ”coffee“ ہو، رقم جائے، اور رقم زیادہ سے زیادہ .*۵۰۰.* ہو تو زمرہ کھانا رکھیں اور ٹیگ گھر لگائیں۔$/,
    );
  });

  it("keeps what people wrote apart from the sentence's direction", () => {
    expect(ruleSentence(urdu, rule({ texts: [COFFEE] }, { payee: "Café (2)" }), LISTS)).toContain("”\u2068Café (2)\u2069“");
  });
});
