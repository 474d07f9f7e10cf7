import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

// Like the image: the preloaded module beside the folder `files`, and a server that knows nothing of it.
const SERVER = `
  require("node:http").createServer((request, response) => response.end("rendered")).listen(0, "127.0.0.1", function () {
    process.stdout.write(String(this.address().port));
  });
`;

let folder: string;
let server: ChildProcess;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "static-"));
  await mkdir(join(folder, "files/_next/static"), { recursive: true });
  await mkdir(join(folder, "files/icons"));
  await cp(join(import.meta.dirname, "static-files.mjs"), join(folder, "static-files.mjs"));
  await symlink(join(import.meta.dirname, "node_modules"), join(folder, "node_modules"));
  for (const suffix of ["", ".br", ".gz"]) await writeFile(join(folder, `files/_next/static/a.js${suffix}`), `a.js${suffix}`);
  await writeFile(join(folder, "files/icons/icon.png"), "icon");
  await writeFile(join(folder, "secret.js"), "secret");
  server = spawn(process.execPath, ["--import", join(folder, "static-files.mjs"), "-e", SERVER]);
  port = Number((await once(server.stdout!, "data"))[0]);
});

afterAll(async () => {
  server.kill();
  await rm(folder, { recursive: true });
});

async function get(path: string, headers: Record<string, string> = {}) {
  const asked = request({ port, path, headers });
  asked.end();
  const [answer] = (await once(asked, "response")) as [import("node:http").IncomingMessage];
  const body = (await answer.toArray()).join("");
  return { status: answer.statusCode, headers: answer.headers, body };
}

it.each([
  ["gzip, deflate, br, zstd", "a.js.br", "br"],
  ["gzip", "a.js.gz", "gzip"],
  ["identity", "a.js", undefined],
])("sends to who accepts %s the file %s", async (accepted, file, encoding) => {
  const { headers, body } = await get("/_next/static/a.js?v=1", { "Accept-Encoding": accepted });
  expect(body).toBe(file);
  expect(headers).toMatchObject({ "content-type": "text/javascript", vary: "Accept-Encoding" });
  expect(headers["content-encoding"]).toBe(encoding);
});

it("lets what is named by its content be kept for good, and the rest for a day", async () => {
  expect((await get("/_next/static/a.js")).headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect((await get("/icons/icon.png")).headers["cache-control"]).toBe("public, max-age=86400");
});

it("keeps other sites and sniffing away", async () => {
  expect((await get("/icons/icon.png")).headers).toMatchObject({
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
  });
});

it("answers a browser that has the file already with nothing", async () => {
  const { etag } = (await get("/icons/icon.png")).headers;
  expect(await get("/icons/icon.png", { "If-None-Match": etag! })).toMatchObject({ status: 304, body: "" });
});

it.each(["/", "/dashboard", "/icons", "/_next/static/none.js", "/../secret.js", "/%2e%2e/secret.js", "/%E0%A4%A"])("leaves %s to the pages", async (path) => {
  expect((await get(path)).body).toBe("rendered");
});
