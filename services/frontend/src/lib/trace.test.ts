import { describe, expect, it } from "vitest";
import { formatTraceparent, parseTraceparent, startSpan } from "@/lib/trace";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";

describe("parseTraceparent", () => {
  it("reads a header of this version and of a later one with more fields", () => {
    expect(parseTraceparent(`00-${TRACE}-${SPAN}-01`)).toEqual({ traceId: TRACE, spanId: SPAN, flags: "01" });
    expect(parseTraceparent(`01-${TRACE}-${SPAN}-00-more`)).toEqual({ traceId: TRACE, spanId: SPAN, flags: "00" });
  });

  it.each([
    undefined,
    null,
    "",
    "nonsense",
    `ff-${TRACE}-${SPAN}-01`,
    `00-${"0".repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
  ])("refuses %j", (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});

describe("startSpan", () => {
  it("goes on in the caller's trace with a span of its own", () => {
    const span = startSpan(`00-${TRACE}-${SPAN}-00`);
    expect(span).toMatchObject({ traceId: TRACE, flags: "00" });
    expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(span.spanId).not.toBe(SPAN);
  });

  it("starts a trace where there is none, and its header can be read", () => {
    const span = startSpan("nonsense");
    expect(parseTraceparent(formatTraceparent(span))).toEqual(span);
    expect(startSpan().traceId).not.toBe(span.traceId);
  });
});
