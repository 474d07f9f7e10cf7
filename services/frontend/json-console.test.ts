import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

it("makes one JSON object a line of whatever is written to the console", () => {
  const script = 'console.log(" ▲ %s", "Ready\\nin 1 ms"); console.warn("\\u001b[33mcareful\\u001b[0m"); console.log(""); console.error(new Error("broken"))';
  const output = execFileSync(process.execPath, ["--import", "./json-console.mjs", "-e", script], { cwd: import.meta.dirname, encoding: "utf8" });
  const lines = output.trimEnd().split("\n").map((line) => JSON.parse(line) as Record<string, string>);
  expect(lines.map(({ level, service, message }) => [level, service, message?.split("\n    at ")[0]])).toEqual([
    ["info", "frontend", "▲ Ready\nin 1 ms"],
    ["warning", "frontend", "careful"],
    ["error", "frontend", "Error: broken"],
  ]);
  expect(lines.every(({ time }) => !Number.isNaN(Date.parse(time!)))).toBe(true);
});
