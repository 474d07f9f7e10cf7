import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { urdu } from "@/test/languages";

const BACKEND = fileURLToPath(new URL("../../../../backend/src", import.meta.url));
// `Problem(409, "name_taken", …)`, `unavailable("busy", …)`, `StatementError("not_csv", …)`, and the framework's: `404: ("not_found", …`
const CODE = /\b(?:Problem\(\s*\d+,|unavailable\(|StatementError\(|\d{3}: \()\s*"([a-z0-9_]+)"/g;
// Those have a sentence with the time to wait.
const OF_429 = new Set(["too_many_attempts", "too_many_requests"]);

function codes(): string[] {
  const sources = readdirSync(BACKEND, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".py"));
  const found = sources.flatMap((name) => [...readFileSync(join(BACKEND, name), "utf8").matchAll(CODE)].map(([, code]) => code!));
  return found.filter((code) => !OF_429.has(code));
}

describe("what the API refuses", () => {
  it("has a sentence in Urdu for each of its codes", () => {
    const known = codes();
    for (const one of ["name_taken", "database_unavailable", "malformed_csv", "method_not_allowed"]) expect(known).toContain(one);
    expect(known.filter((code) => !urdu.has(`problem.code.${code}`))).toEqual([]);
  });
});
