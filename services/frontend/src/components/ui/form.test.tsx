// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { SelectField, TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { unreachable, type Problem } from "@/lib/api/problem";
import type { Language } from "@/lib/i18n/languages";
import { renderIn } from "@/test/languages";

const INVALID: Problem = { ...unreachable("0"), status: 422, code: "invalid", errors: [{ field: "amount", message: "must be a number" }] };

function show(language: Language, problem: Problem | undefined) {
  renderIn(
    language,
    <Form problem={problem}>
      <TextField label="Payee" name="payee" />
      <TextField label="Amount" name="amount" hint="In dollars" />
      <SelectField label="Kind" name="kind" />
    </Form>,
  );
}

function described(label: string): string[] {
  const ids = screen.getByLabelText(label).getAttribute("aria-describedby")?.split(" ") ?? [];
  return ids.map((id) => document.getElementById(id)!.textContent);
}

describe("a form", () => {
  it("says at the field what the API refused of it, and leads there", () => {
    show("en", INVALID);
    expect(described("Amount")).toEqual(["must be a number", "In dollars"]);
    expect(screen.getByLabelText("Amount").getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(screen.getByLabelText("Amount"));
    expect(described("Payee")).toEqual([]);
    expect(screen.getByLabelText("Payee").getAttribute("aria-invalid")).toBeNull();
  });

  it("speaks the reader's language, which the API doesn't", () => {
    show("ur", INVALID);
    expect(described("Amount")).toEqual(["یہ اندراج درست نہیں ہے۔", "In dollars"]);
  });

  it("marks nothing where no value was the problem", () => {
    show("en", unreachable("0"));
    expect(described("Amount")).toEqual(["In dollars"]);
    expect(document.activeElement).toBe(document.body);
  });
});
