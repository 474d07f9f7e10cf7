// Preloaded into the production server: what does not change is answered before Next.js sees the request, and in the best
// compression that the browser takes. Next.js itself would only compress with gzip, and anew for each request.
import http from "node:http";
import { join } from "node:path";
import sirv from "sirv";

const NAMED_BY_CONTENT = "/_next/static/";

const files = sirv(join(import.meta.dirname, "files"), {
  brotli: true,
  gzip: true,
  etag: true,
  extensions: [],
  setHeaders(response, path) {
    const lifetime = path.startsWith(NAMED_BY_CONTENT) ? "max-age=31536000, immutable" : "max-age=86400";
    response.setHeader("Cache-Control", `public, ${lifetime}`);
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("X-Content-Type-Options", "nosniff");
  },
});

const { createServer } = http;
http.createServer = /** @type {typeof createServer} */ (
  (/** @type {http.RequestListener} */ listener) =>
    createServer((request, response) => files(request, response, () => listener(request, response)))
);
