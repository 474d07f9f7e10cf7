// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Resume } from "@/components/auth/resume";
import { renderEnglish } from "@/test/languages";

const fetchApi = vi.fn<typeof fetch>();
const goTo = vi.fn();

beforeEach(() => {
  fetchApi.mockReset();
  goTo.mockReset();
  vi.stubGlobal("fetch", fetchApi);
  // jsdom's own location can't be replaced and navigates nowhere.
  vi.stubGlobal("window", new Proxy(window, { get: (target, name) => (name === "location" ? { replace: goTo } : Reflect.get(target, name)) }));
});

describe("a session that has run out", () => {
  it("is renewed on the way to the wanted page", async () => {
    fetchApi.mockResolvedValueOnce(Response.json({ id: "u1" }));
    renderEnglish(<Resume returnTo="/transactions?q=a" />);
    await waitFor(() => expect(goTo).toHaveBeenCalledExactlyOnceWith("/transactions?q=a"));
    expect(fetchApi.mock.lastCall![0]).toBe("/api/v1/auth/refresh");
  });

  it("leads to sign-in when it has ended", async () => {
    fetchApi.mockResolvedValueOnce(Response.json({ code: "signed_out" }, { status: 401 }));
    renderEnglish(<Resume returnTo="/transactions?q=a" />);
    await waitFor(() => expect(goTo).toHaveBeenCalledExactlyOnceWith("/sign-in?next=%2Ftransactions%3Fq%3Da&ended=true"));
  });

  it("is kept while the backend is down, and renewed when it is back", async () => {
    fetchApi.mockResolvedValueOnce(Response.json({ detail: "Later." }, { status: 503 }));
    renderEnglish(<Resume returnTo="/dashboard" />);
    expect((await screen.findByRole("alert")).textContent).toContain("Later.");
    expect(goTo).not.toHaveBeenCalled();
    fetchApi.mockResolvedValueOnce(Response.json({ id: "u1" }));
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(goTo).toHaveBeenCalledExactlyOnceWith("/dashboard"));
  });
});
