import type { Instrumentation } from "next";
import { parseTraceparent } from "@/lib/trace";

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { observeRequests } = await import("@/lib/server/requests");
    observeRequests();
  }
}

export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { log } = await import("@/lib/server/log");
  const header = request.headers.traceparent;
  const failure = error instanceof Error ? error : new Error(String(error));
  log("error", failure.message, parseTraceparent(Array.isArray(header) ? header[0] : header), {
    method: request.method,
    path: request.path.split("?", 1)[0],
    route: context.routePath,
    route_type: context.routeType,
    digest: (failure as Error & { digest?: string }).digest,
    stack: failure.stack,
  });
};
