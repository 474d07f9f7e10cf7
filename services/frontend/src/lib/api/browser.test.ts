// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { api, publicApi, refreshSession } from "@/lib/api/browser";
import { unreachable } from "@/lib/api/problem";
import { parseTraceparent } from "@/lib/trace";

const fetchApi = vi.fn<typeof fetch>();
const goTo = vi.fn();

beforeEach(() => {
  fetchApi.mockReset();
  goTo.mockReset();
  vi.stubGlobal("fetch", fetchApi);
  const location = { assign: goTo, pathname: "/accounts", search: "?a=b" };
  // jsdom's own location can't be replaced and navigates nowhere.
  vi.stubGlobal("window", new Proxy(window, { get: (target, name) => (name === "location" ? location : Reflect.get(target, name)) }));
});

function lastCall() {
  const [url, init] = fetchApi.mock.lastCall!;
  return { url, init: init!, headers: init!.headers as Record<string, string> };
}

describe("calls to the API", () => {
  it("stay on this origin, send JSON and start a trace", async () => {
    fetchApi.mockResolvedValue(Response.json({ id: "a" }));
    const result = await api.post("/accounts", { name: "Cash" });
    const { url, init, headers } = lastCall();
    expect(result).toEqual({ ok: true, data: { id: "a" } });
    expect(url).toBe("/api/v1/accounts");
    expect(init).toMatchObject({ method: "POST", body: '{"name":"Cash"}' });
    expect(headers["Content-Type"]).toBe("application/json");
    expect(parseTraceparent(headers.traceparent)).toBeDefined();
  });

  it("leave the content type of a form with a file to the browser", async () => {
    fetchApi.mockResolvedValue(Response.json({}));
    const form = new FormData();
    await api.post("/imports", form);
    expect(lastCall().init.body).toBe(form);
    expect(lastCall().headers).not.toHaveProperty("Content-Type");
  });

  it("turn a failed connection into a problem with the trace that was sent", async () => {
    fetchApi.mockRejectedValue(new TypeError("Failed to fetch"));
    const result = await publicApi.post("/auth/sign-in", {});
    const traceId = parseTraceparent(lastCall().headers.traceparent)!.traceId;
    expect(result).toEqual({ ok: false, problem: unreachable(traceId) });
  });

  it("give up after their time", async () => {
    fetchApi.mockImplementation(
      (_, init) => new Promise((_, reject) => init!.signal!.addEventListener("abort", () => reject(init!.signal!.reason as Error))),
    );
    expect(await api.post("/chat", {}, { timeoutMs: 10 })).toMatchObject({ ok: false, problem: { status: 0 } });
  });
});

describe("an access token that has run out", () => {
  const ended = () => Response.json({ code: "signed_out", detail: "Sign in." }, { status: 401 });
  const urls = () => fetchApi.mock.calls.map(([url]) => url);

  it("is renewed, and the call made again", async () => {
    fetchApi.mockResolvedValueOnce(ended()).mockResolvedValueOnce(Response.json({})).mockResolvedValueOnce(Response.json({ id: "a" }));
    expect(await api.post("/accounts", { name: "Cash" })).toEqual({ ok: true, data: { id: "a" } });
    expect(urls()).toEqual(["/api/v1/accounts", "/api/v1/auth/refresh", "/api/v1/accounts"]);
    expect(fetchApi.mock.lastCall![1]!.body).toBe('{"name":"Cash"}');
    expect(goTo).not.toHaveBeenCalled();
  });

  it("is renewed once for all calls that find it so", async () => {
    const renewed = new Set<unknown>();
    fetchApi.mockImplementation((url) => {
      if (url === "/api/v1/auth/refresh") return Promise.resolve(Response.json({}));
      if (renewed.has(url)) return Promise.resolve(Response.json({ url }));
      renewed.add(url);
      return Promise.resolve(ended());
    });
    const results = await Promise.all(["/a", "/b", "/c"].map((path) => api.post(path, {})));
    expect(results.every((result) => result.ok)).toBe(true);
    expect(urls().filter((url) => url === "/api/v1/auth/refresh")).toHaveLength(1);
    await refreshSession();
    expect(urls().filter((url) => url === "/api/v1/auth/refresh")).toHaveLength(2);
  });

  it("leads to sign-in and back when the session has ended too", async () => {
    fetchApi.mockImplementation(() => Promise.resolve(ended()));
    expect(await api.post("/accounts", {})).toMatchObject({ ok: false, problem: { status: 401 } });
    expect(fetchApi).toHaveBeenCalledTimes(2);
    expect(goTo).toHaveBeenCalledExactlyOnceWith("/sign-in?next=%2Faccounts%3Fa%3Db&ended=true");
  });

  it("signs nobody out while the backend can't be asked", async () => {
    fetchApi.mockResolvedValueOnce(ended()).mockResolvedValueOnce(Response.json({ detail: "Later." }, { status: 503 }));
    expect(await api.post("/accounts", {})).toMatchObject({ ok: false, problem: { status: 503 } });
    expect(goTo).not.toHaveBeenCalled();
  });
});
