// Preloaded into the production server: Next.js writes its own lines with console.*, and every line on stdout is one JSON object.
import { stdout } from "node:process";
import { format, stripVTControlCharacters } from "node:util";

const levels = /** @type {const} */ ({ debug: "debug", log: "info", info: "info", warn: "warning", error: "error" });

for (const [method, level] of Object.entries(levels)) {
  /** @param {unknown[]} values */
  const write = (...values) => {
    const message = stripVTControlCharacters(format(...values)).trim();
    if (message) {
      stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, service: "frontend", message })}\n`);
    }
  };
  console[/** @type {keyof typeof levels} */ (method)] = write;
}
