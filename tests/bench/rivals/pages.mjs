// A bare Node server that answers each request with the bytes of the file BODY. With PATHS, a JSON array, it asks the backend
// for each of them first, all at once, as a page does.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const { BACKEND_URL, BODY, ENCODING, PATHS = "[]", PORT } = process.env;
const body = readFileSync(BODY);
const paths = JSON.parse(PATHS);
const head = { "Content-Type": "text/html; charset=utf-8", "Content-Encoding": ENCODING, "Content-Length": body.length };

async function read(path, cookie) {
  const response = await fetch(BACKEND_URL + path, { headers: { Accept: "application/json", Cookie: cookie } });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

createServer(async (request, response) => {
  if (request.url === "/healthz") return response.end();
  await Promise.all(paths.map((path) => read(path, request.headers.cookie)));
  response.writeHead(200, head).end(body);
}).listen(Number(PORT), "127.0.0.1");
