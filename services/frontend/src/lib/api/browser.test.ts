// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { api, publicApi } from "@/lib/api/browser";
import { t } from "@/lib/i18n";
import { parseTraceparent } from "@/lib/trace";

const fetchApi = vi.fn<typeof fetch>();

beforeEach(() => {
  fetchApi.mockReset();
  vi.stubGlobal("fetch", fetchApi);
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
    expect(result).toEqual({ ok: false, problem: { status: 0, code: "unreachable", detail: t("problem.unreachable"), traceId } });
  });

  it("give up after their time", async () => {
    fetchApi.mockImplementation(
      (_, init) => new Promise((_, reject) => init!.signal!.addEventListener("abort", () => reject(init!.signal!.reason as Error))),
    );
    expect(await api.post("/chat", {}, 10)).toMatchObject({ ok: false, problem: { status: 0 } });
  });
});
