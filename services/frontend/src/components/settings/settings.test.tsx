// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Appearance } from "@/components/settings/appearance";
import { DeleteAccountDialog } from "@/components/settings/delete-account-dialog";
import { NewTokenDialog } from "@/components/settings/new-token-dialog";
import { renderEnglish } from "@/test/languages";

const fetchApi = vi.fn<typeof fetch>();
const refresh = vi.fn();
const goTo = vi.fn();

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));

beforeEach(() => {
  fetchApi.mockReset();
  refresh.mockReset();
  goTo.mockReset();
  vi.stubGlobal("fetch", fetchApi);
  // jsdom's own location can't be replaced and navigates nowhere, and it knows of no modal dialogs.
  vi.stubGlobal("window", new Proxy(window, { get: (target, name) => (name === "location" ? { assign: goTo } : Reflect.get(target, name)) }));
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
});

function sent(): { path: unknown; method: string | undefined; body: unknown } {
  const [path, init] = fetchApi.mock.lastCall!;
  return { path, method: init?.method, body: JSON.parse(String(init?.body)) };
}

describe("an access token", () => {
  const made = { id: "t1", name: "Robot", token: "wc_pat_once" };

  it("is made with what was chosen, and shown until its dialog closes", async () => {
    const onClose = vi.fn();
    const { unmount } = renderEnglish(<NewTokenDialog onClose={onClose} />);
    fetchApi.mockResolvedValueOnce(Response.json(made, { status: 201 }));
    fireEvent.change(screen.getByLabelText("Name"), { target: { value: "Robot" } });
    fireEvent.click(screen.getByLabelText("Import statements"));
    fireEvent.change(screen.getByLabelText("How long it lasts"), { target: { value: "30" } });
    fireEvent.click(screen.getByRole("button", { name: "Make token" }));
    expect(await screen.findByText(made.token)).toBeTruthy();
    expect(sent()).toEqual({ path: "/api/v1/auth/tokens", method: "POST", body: { name: "Robot", scopes: ["read", "import"], days: 30 } });

    fireEvent.click(screen.getByRole("button", { name: "Done" }));
    expect(onClose).toHaveBeenCalledOnce();
    expect(refresh).toHaveBeenCalledOnce();
    unmount();
    renderEnglish(<NewTokenDialog onClose={onClose} />);
    expect(screen.queryByText(made.token)).toBeNull();
  });

  it("needs something that it may do", () => {
    renderEnglish(<NewTokenDialog onClose={vi.fn()} />);
    fireEvent.click(screen.getByLabelText("Read everything"));
    expect(screen.getByRole("alert").textContent).toBe("Choose at least one.");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Make token" }).disabled).toBe(true);
  });

  it("can be copied by hand where the browser has no clipboard for us", async () => {
    renderEnglish(<NewTokenDialog onClose={vi.fn()} />);
    fetchApi.mockResolvedValueOnce(Response.json(made, { status: 201 }));
    fireEvent.change(screen.getByLabelText("Name"), { target: { value: "Robot" } });
    fireEvent.click(screen.getByRole("button", { name: "Make token" }));
    fireEvent.click(await screen.findByRole("button", { name: "Copy" }));
    expect(await screen.findByText("It is marked: copy it with your keyboard.")).toBeTruthy();
  });
});

describe("deleting the account", () => {
  it("wants the address typed and the password", async () => {
    renderEnglish(<DeleteAccountDialog email="ada@example.org" onClose={vi.fn()} />);
    const button = screen.getByRole<HTMLButtonElement>("button", { name: "Delete everything" });
    const confirm = screen.getByLabelText("Type ada@example.org to confirm");
    expect(button.disabled).toBe(true);
    fireEvent.change(confirm, { target: { value: "eve@example.org" } });
    expect(button.disabled).toBe(true);
    fireEvent.change(confirm, { target: { value: "Ada@example.org " } });
    fireEvent.change(screen.getByLabelText("Your password"), { target: { value: " my password " } });
    expect(button.disabled).toBe(false);

    fetchApi.mockResolvedValueOnce(Response.json({ code: "wrong_password", detail: "The password is wrong." }, { status: 403 }));
    fireEvent.click(button);
    expect((await screen.findByRole("alert")).textContent).toBe("The password is wrong.");
    expect(goTo).not.toHaveBeenCalled();

    fetchApi.mockResolvedValueOnce(new Response(null, { status: 204 }));
    fireEvent.click(button);
    await waitFor(() => expect(goTo).toHaveBeenCalledExactlyOnceWith("/sign-in"));
    expect(sent()).toEqual({ path: "/api/v1/auth/me", method: "DELETE", body: { password: " my password " } });
  });
});

describe("the appearance", () => {
  const kept = { language: "en", theme: "system" } as const;

  it("changes at once and is kept", async () => {
    renderEnglish(<Appearance kept={kept} />);
    fetchApi.mockResolvedValueOnce(Response.json({}));
    fireEvent.change(screen.getByLabelText("Theme"), { target: { value: "dark" } });
    expect(document.documentElement.dataset.theme).toBe("dark");
    expect(document.cookie).toContain("theme=dark");
    await waitFor(() => expect(sent()).toEqual({ path: "/api/v1/auth/me", method: "PATCH", body: { theme: "dark" } }));
  });

  it("changes back when it can't be kept", async () => {
    renderEnglish(<Appearance kept={kept} />);
    fetchApi.mockResolvedValueOnce(Response.json({ detail: "Later." }, { status: 503 }));
    fireEvent.change(screen.getByLabelText("Theme"), { target: { value: "dark" } });
    expect((await screen.findByRole("alert")).textContent).toContain("Later.");
    expect(document.documentElement.dataset.theme).toBe("system");
    expect(document.cookie).toContain("theme=system");
  });
});
