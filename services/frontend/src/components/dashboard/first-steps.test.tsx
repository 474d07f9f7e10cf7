// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { FirstSteps } from "@/components/dashboard/first-steps";
import { english, renderEnglish } from "@/test/languages";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => undefined }) }));

describe("the first steps", () => {
  const example = () => screen.queryByRole("button", { name: english.t("demo.add") });

  it("offer example data to whoever has nothing yet", () => {
    renderEnglish(<FirstSteps hasAccount={false} />);
    expect(example()).not.toBeNull();
  });

  it("don't offer to mix it with what is real, and tick off the account", () => {
    renderEnglish(<FirstSteps hasAccount />);
    expect(example()).toBeNull();
    expect(screen.getByRole("heading", { name: /Add an account.*done/ })).toBeDefined();
  });
});
