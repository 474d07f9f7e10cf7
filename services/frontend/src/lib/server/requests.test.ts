import { createServer, get, Agent, type IncomingHttpHeaders, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { observeRequests } from "@/lib/server/requests";
import { parseTraceparent } from "@/lib/trace";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const agent = new Agent({ keepAlive: true });
let server: Server;
let end: () => void;
let seen: IncomingHttpHeaders;

beforeAll(async () => {
  const once = vi.spyOn(process, "once");
  observeRequests();
  end = once.mock.calls.find(([event]) => event === "SIGTERM")![1] as () => void;
  server = createServer((request, response) => {
    seen = request.headers;
    response.statusCode = request.url === "/broken" ? 500 : 200;
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

beforeEach(() => void vi.stubEnv("LOG_LEVEL", "debug"));
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** One request, and the lines that were logged for it. */
async function request(path: string, headers: Record<string, string> = {}) {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    get({ port, host: "127.0.0.1", path, agent, headers }, (message) => message.resume().on("end", () => resolve(message))).on("error", reject);
  });
  await vi.waitFor(() => expect(write).toHaveBeenCalled());
  const lines = write.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
  write.mockRestore();
  return { response, lines };
}

describe("every request", () => {
  it("goes on in the caller's trace and is logged in it, without its query", async () => {
    const { lines } = await request("/transactions?q=secret", { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` });
    const span = parseTraceparent(seen.traceparent as string)!;
    expect(span.traceId).toBe(TRACE);
    expect(span.spanId).not.toBe("00f067aa0ba902b7");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: "info",
      service: "frontend",
      message: "request",
      trace_id: TRACE,
      span_id: span.spanId,
      method: "GET",
      path: "/transactions",
      status: 200,
    });
    expect(lines[0]!.duration_ms).toBeGreaterThanOrEqual(0);
    expect(JSON.stringify(lines)).not.toContain("secret");
  });

  it("gets a trace when it brings none, or a broken one", async () => {
    await request("/", { traceparent: "nonsense" });
    expect(parseTraceparent(seen.traceparent as string)).toBeDefined();
  });

  it("is an error when it failed, and only worth a debug line when it is a probe", async () => {
    expect((await request("/broken")).lines[0]).toMatchObject({ level: "error", status: 500 });
    expect((await request("/healthz")).lines[0]).toMatchObject({ level: "debug" });
  });
});

describe("once the process is told to end", () => {
  it("no connection is kept", async () => {
    expect((await request("/")).response.headers.connection).toBe("keep-alive");
    end();
    const { response } = await request("/");
    expect(response.headers.connection).toBe("close");
    await vi.waitFor(() => expect(response.socket.destroyed).toBe(true));
  });
});
