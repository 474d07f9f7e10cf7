import { BASE, signedIn } from "@/lib/api/browser";
import { type Problem, readProblem, readResult, type Result, unreachable } from "@/lib/api/problem";
import { readEvents } from "@/lib/event-stream";
import { formatTraceparent, startSpan } from "@/lib/trace";

/** The backend says something every ten seconds, if only that it is still there. */
const SILENCE_MS = 35_000;

interface Opened {
  body: ReadableStream<Uint8Array>;
  traceId: string;
}

/** Posts, and hands on what comes as it comes. Returns why it didn't begin, failed or broke off; nothing when it ended as it should. */
export async function streamEvents(
  path: string,
  body: object,
  signal: AbortSignal,
  onEvent: (name: string, data: unknown) => void,
): Promise<Problem | undefined> {
  const opened = await signedIn(() => open(path, body, signal));
  if (!opened.ok) return opened.problem;
  const { traceId } = opened.data;
  try {
    for await (const { event, data } of readEvents(opened.data.body, SILENCE_MS)) {
      const content: unknown = JSON.parse(data);
      if (event === "error") {
        const problem = content as Record<string, unknown>;
        return readProblem({ status: Number(problem.status) || 500, headers: new Headers() }, problem, traceId);
      }
      onEvent(event, content);
    }
    return undefined;
  } catch {
    return unreachable(traceId);
  }
}

async function open(path: string, body: object, signal: AbortSignal): Promise<Result<Opened>> {
  const span = startSpan();
  try {
    const response = await fetch(BASE + path, {
      method: "POST",
      headers: { Accept: "text/event-stream", "Content-Type": "application/json", traceparent: formatTraceparent(span) },
      body: JSON.stringify(body),
      signal,
    });
    if (!response.ok || !response.body) return await readResult<Opened>(response, span.traceId);
    return { ok: true, data: { body: response.body, traceId: span.traceId }, etag: undefined };
  } catch {
    return { ok: false, problem: unreachable(span.traceId) };
  }
}
