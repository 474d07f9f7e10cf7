import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { currentUser, load } from "@/lib/api/server";
import { parseTraceparent } from "@/lib/trace";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

vi.mock("next/headers", () => ({
  headers: () => Promise.resolve(new Headers({ traceparent: `00-${TRACE}-00f067aa0ba902b7-01`, "x-forwarded-for": "203.0.113.9, 198.51.100.7" })),
  cookies: () => Promise.resolve({ toString: () => "wealth_session=abc" }),
}));

let backend: Server;
let status = 200;
let body: unknown;
let asked: IncomingMessage;

beforeEach(async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  backend = createServer((request, response) => {
    asked = request;
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("BACKEND_URL", `http://127.0.0.1:${(backend.address() as AddressInfo).port}`);
});

afterEach(() => {
  backend.close();
  backend.closeAllConnections();
});

function answer(newStatus: number, newBody: unknown) {
  status = newStatus;
  body = newBody;
}

describe("load", () => {
  it("asks with the visitor's cookie, in the visitor's trace, without empty filters", async () => {
    answer(200, [{ id: "a" }]);
    expect(await load("/accounts", "/transactions", { q: "a&b", from: undefined, to: "" })).toEqual([{ id: "a" }]);
    expect(asked.url).toBe("/api/v1/transactions?q=a%26b");
    expect(asked.headers.cookie).toBe("wealth_session=abc");
    expect(parseTraceparent(asked.headers.traceparent as string)?.traceId).toBe(TRACE);
    expect(asked.headers["x-forwarded-for"]).toBe("203.0.113.9, 198.51.100.7");
  });

  it("leads to where the session is renewed, and back, when it has run out", async () => {
    answer(401, { code: "signed_out", detail: "Sign in." });
    await expect(load("/transactions?q=a", "/accounts")).rejects.toMatchObject({
      digest: expect.stringContaining("/resume?next=%2Ftransactions%3Fq%3Da") as string,
    });
  });

  it("throws what the API says, with the trace to look for", async () => {
    answer(503, { code: "database_unavailable", detail: "Your data can't be reached." });
    await expect(load("/accounts", "/accounts")).rejects.toMatchObject({
      problem: { status: 503, code: "database_unavailable", detail: "Your data can't be reached.", traceId: TRACE },
    });
  });

  it("throws a problem when nothing answers", async () => {
    vi.stubEnv("BACKEND_URL", "http://127.0.0.1:9");
    await expect(load("/accounts", "/accounts")).rejects.toMatchObject({ problem: { status: 0, code: "unreachable" } });
  });
});

describe("currentUser", () => {
  it("is unknown, not an error, while the backend is down", async () => {
    answer(503, {});
    expect(await currentUser()).toBeUndefined();
  });
});
