import { describe, expect, it } from "vitest";
import { resumePath, safeReturnPath, signInPath } from "@/lib/return-path";

const ORIGIN = "http://localhost:8080";

describe("safeReturnPath", () => {
  it.each(["/transactions?q=coffee&from=2026-01-01", "/dashboard?month=2026-01", "/", "/import#top"])("keeps %s", (path) => {
    expect(safeReturnPath(path)).toBe(path);
  });

  it.each([
    undefined,
    "",
    ["/a", "/b"],
    "dashboard",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/a\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "https://evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
  ])("replaces %j by the overview", (wanted) => {
    expect(safeReturnPath(wanted)).toBe("/dashboard");
  });

  it("never leads to another origin, however a browser reads it", () => {
    const pieces = ["/", "\\", "//", ".", "..", "%2f", "%5c", "@", "evil.example", ":", "\t", "\r", "\n", "\u0000", " ", "?", "#"];
    for (const a of pieces) {
      for (const b of pieces) {
        for (const c of pieces) {
          const path = safeReturnPath(`/${a}${b}${c}evil.example`);
          expect(new URL(path, ORIGIN).origin, JSON.stringify(path)).toBe(ORIGIN);
        }
      }
    }
  });
});

describe("signInPath", () => {
  it("carries the wanted page through the sign-in", () => {
    const wanted = "/transactions?q=a&b#c";
    expect(signInPath()).toBe("/sign-in");
    expect(new URL(signInPath(wanted), ORIGIN).searchParams.get("next")).toBe(wanted);
  });
});

describe("resumePath", () => {
  it("carries the wanted page through the renewal", () => {
    const wanted = "/transactions?q=a&b#c";
    expect(new URL(resumePath(wanted), ORIGIN).searchParams.get("next")).toBe(wanted);
  });
});
