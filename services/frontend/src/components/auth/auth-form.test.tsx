// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { SignInForm, SignUpForm } from "@/components/auth/auth-form";
import { renderEnglish, renderIn, urdu } from "@/test/languages";

const fetchApi = vi.fn<typeof fetch>();
const goTo = vi.fn();

beforeEach(() => {
  fetchApi.mockReset();
  goTo.mockReset();
  vi.stubGlobal("fetch", fetchApi);
  // jsdom's own location can't be replaced and navigates nowhere.
  vi.stubGlobal("window", new Proxy(window, { get: (target, name) => (name === "location" ? { assign: goTo } : Reflect.get(target, name)) }));
});

function type(label: string, value: string) {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

function sentBody(): unknown {
  return JSON.parse(String(fetchApi.mock.lastCall![1]!.body));
}

describe("signing in", () => {
  it("goes on to the wanted page", async () => {
    renderEnglish(<SignInForm returnTo="/transactions?q=a" />);
    fetchApi.mockResolvedValueOnce(Response.json({ id: "u1" }));
    type("Email", " ada@example.org ");
    type("Password", " spaces belong to it ");
    fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await waitFor(() => expect(goTo).toHaveBeenCalledExactlyOnceWith("/transactions?q=a"));
    expect(fetchApi.mock.lastCall![0]).toBe("/api/v1/auth/sign-in");
    expect(sentBody()).toEqual({ email: "ada@example.org", password: " spaces belong to it " });
  });

  it("says why it was refused, keeps what was typed and stays", async () => {
    renderEnglish(<SignInForm returnTo="/dashboard" />);
    fetchApi.mockResolvedValueOnce(Response.json({ code: "wrong", detail: "Email or password is wrong." }, { status: 401 }));
    type("Email", "ada@example.org");
    type("Password", "not the password");
    fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
    expect((await screen.findByRole("alert")).textContent).toBe("Email or password is wrong.");
    expect((screen.getByLabelText("Email") as HTMLInputElement).value).toBe("ada@example.org");
    expect((screen.getByRole("button", { name: "Sign in" }) as HTMLButtonElement).disabled).toBe(false);
    expect(goTo).not.toHaveBeenCalled();
  });

  it("carries the wanted page over to signing up", () => {
    renderEnglish(<SignInForm returnTo="/transactions?q=a" />);
    expect(screen.getByRole("link", { name: "Create account" }).getAttribute("href")).toBe("/sign-up?next=%2Ftransactions%3Fq%3Da");
  });
});

describe("a password", () => {
  it("can be looked at while it is typed", () => {
    renderEnglish(<SignInForm returnTo="/dashboard" />);
    const password = screen.getByLabelText<HTMLInputElement>("Password");
    expect(password.type).toBe("password");
    fireEvent.click(screen.getByRole("button", { name: "Show password" }));
    expect(password.type).toBe("text");
    fireEvent.click(screen.getByRole("button", { name: "Hide password" }));
    expect(password.type).toBe("password");
  });

  it("says how long to wait after too many attempts", async () => {
    renderEnglish(<SignInForm returnTo="/dashboard" />);
    fetchApi.mockResolvedValueOnce(Response.json({ code: "too_many_attempts" }, { status: 429, headers: { "Retry-After": "40" } }));
    type("Email", "ada@example.org");
    type("Password", "not the password");
    fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
    expect((await screen.findByRole("alert")).textContent).toContain("40 seconds");
  });
});

describe("signing up", () => {
  it("leaves out a name that wasn't given", async () => {
    renderEnglish(<SignUpForm returnTo="/dashboard" />);
    fetchApi.mockResolvedValueOnce(Response.json({ id: "u1" }, { status: 201 }));
    type("Email", "ada@example.org");
    type("Password", "a short sentence");
    type("Main currency", "EUR");
    fireEvent.click(screen.getByRole("button", { name: "Create account" }));
    await waitFor(() => expect(goTo).toHaveBeenCalledExactlyOnceWith("/dashboard"));
    expect(sentBody()).toEqual({ email: "ada@example.org", password: "a short sentence", currency: "EUR", language: "en" });
  });

  it("says which language the person reads, and keeps what the account has", async () => {
    renderIn("ur", <SignUpForm returnTo="/dashboard" />);
    fetchApi.mockResolvedValueOnce(Response.json({ id: "u1", language: "ur", theme: "dark" }, { status: 201 }));
    type(urdu.t("auth.email"), "ada@example.org");
    type(urdu.t("auth.password"), "a short sentence");
    fireEvent.click(screen.getByRole("button", { name: urdu.t("auth.signUp") }));
    await waitFor(() => expect(goTo).toHaveBeenCalled());
    expect(sentBody()).toMatchObject({ language: "ur" });
    expect(document.cookie).toContain("language=ur");
    expect(document.cookie).toContain("theme=dark");
  });
});
