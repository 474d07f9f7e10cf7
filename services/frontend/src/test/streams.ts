/** A stream of events as the chat's endpoint answers with, written piece by piece. */
export function eventStream() {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
  const encoder = new TextEncoder();
  return {
    /** Answers a call with it; hangs up when the caller does. */
    open: (signal?: AbortSignal | null): Response => {
      signal?.addEventListener("abort", () => controller.error(signal.reason));
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    },
    tell: (event: string, data: unknown) => controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
    end: () => controller.close(),
    breakOff: () => controller.error(new TypeError("network error")),
  };
}
