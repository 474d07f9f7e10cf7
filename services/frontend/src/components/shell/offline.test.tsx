// @vitest-environment jsdom
import { act, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Offline } from "@/components/shell/offline";
import { renderEnglish } from "@/test/languages";

it("says that there is no network, for as long as there is none", () => {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
  renderEnglish(<Offline />);
  expect(screen.queryByRole("alert")).toBeNull();
  online.mockReturnValue(false);
  act(() => void window.dispatchEvent(new Event("offline")));
  expect(screen.getByRole("alert").textContent).toContain("offline");
  online.mockReturnValue(true);
  act(() => void window.dispatchEvent(new Event("online")));
  expect(screen.queryByRole("alert")).toBeNull();
});
