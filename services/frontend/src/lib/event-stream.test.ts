import { describe, expect, it } from "vitest";
import { readEvents, type StreamEvent } from "@/lib/event-stream";

function bodyOf(...chunks: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk);
      controller.close();
    },
  });
}

async function read(body: ReadableStream<Uint8Array>, silenceMs = 1000): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of readEvents(body, silenceMs)) events.push(event);
  return events;
}

const STREAM = 'event: text\ndata: {"delta":"۵۰۰ روپے"}\n\n: ping\n\nevent: done\ndata: one\ndata: two\n\n';
const EVENTS = [
  { event: "text", data: '{"delta":"۵۰۰ روپے"}' },
  { event: "done", data: "one\ntwo" },
];

describe("server-sent events", () => {
  it("are the same wherever the pieces are cut, even within a letter", async () => {
    const bytes = new TextEncoder().encode(STREAM);
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(await read(bodyOf(bytes.slice(0, cut), bytes.slice(cut)))).toEqual(EVENTS);
    }
    expect(await read(bodyOf(...Array.from(bytes, (byte) => Uint8Array.of(byte))))).toEqual(EVENTS);
  });

  it.each(["\r\n", "\r"])("may end their lines with %j", async (end) => {
    const bytes = new TextEncoder().encode(STREAM.replaceAll("\n", end) + "event: last\n");
    expect(await read(bodyOf(...Array.from(bytes, (byte) => Uint8Array.of(byte))))).toEqual(EVENTS);
  });

  it("have a default name, and none that was cut short is given", async () => {
    expect(await read(bodyOf("data:plain\n\ndata: half\n"))).toEqual([{ event: "message", data: "plain" }]);
  });

  it("aren't waited for any longer when nothing comes", async () => {
    const silent = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode(": ping\n\n")) });
    await expect(read(silent, 10)).rejects.toThrow("silence");
  });
});
