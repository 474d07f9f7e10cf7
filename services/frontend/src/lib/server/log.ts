import type { TraceContext } from "@/lib/trace";

const LEVELS = ["debug", "info", "warning", "error"] as const;
export type Level = (typeof LEVELS)[number];

function threshold(): number {
  const wanted = LEVELS.findIndex((level) => level === process.env.LOG_LEVEL?.toLowerCase());
  return wanted < 0 ? LEVELS.indexOf("info") : wanted;
}

/** One JSON object a line on stdout, with the same field names as the Python services. */
export function log(level: Level, message: string, trace?: TraceContext, fields: Record<string, unknown> = {}): void {
  if (LEVELS.indexOf(level) < threshold()) return;
  const record = {
    time: new Date().toISOString(),
    level,
    service: "frontend",
    message,
    ...(trace && { trace_id: trace.traceId, span_id: trace.spanId }),
    ...fields,
  };
  process.stdout.write(`${JSON.stringify(record)}\n`);
}
