import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "@/lib/server/log";
import { formatTraceparent, startSpan, type TraceContext } from "@/lib/trace";

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

const PROBE = "/healthz";

/**
 * Puts every incoming request into a trace before Next.js sees it, and logs it with status and duration when it is answered.
 * Once the process is told to end, each answer closes its connection: a kept one would hold the process up until it is killed.
 */
export function observeRequests(): void {
  const open = new WeakMap<IncomingMessage, { trace: TraceContext; startedAt: number }>();
  let ending = false;
  process.once("SIGTERM", () => {
    ending = true;
  });

  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as Exchange;
    if (ending) response.shouldKeepAlive = false;
    const trace = startSpan(request.headers.traceparent as string | undefined);
    request.headers.traceparent = formatTraceparent(trace);
    open.set(request, { trace, startedAt: performance.now() });
  });

  subscribe("http.server.response.finish", (message) => {
    const { request, response } = message as Exchange;
    if (ending) request.socket.end();
    const started = open.get(request);
    if (!started) return;
    const path = request.url?.split("?", 1)[0] ?? "";
    const level = response.statusCode >= 500 ? "error" : path === PROBE ? "debug" : "info";
    log(level, "request", started.trace, {
      method: request.method,
      path,
      status: response.statusCode,
      duration_ms: Math.round((performance.now() - started.startedAt) * 10) / 10,
    });
  });
}
