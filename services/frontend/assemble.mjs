// After `next build`: makes of its output what the image runs. static-files.mjs serves the folder `files`.
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const OUTPUT = ".next/standalone";
const FILES = join(OUTPUT, "files");
const TEXT = new Set([".css", ".js", ".json", ".map", ".svg", ".txt"]);
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS } };

await cp("public", FILES, { recursive: true });
await cp(".next/static", join(FILES, "_next/static"), { recursive: true });
for (const name of ["json-console.mjs", "static-files.mjs"]) await cp(name, join(OUTPUT, name));

const entries = await readdir(FILES, { recursive: true, withFileTypes: true });
await Promise.all(
  entries
    .filter((entry) => entry.isFile() && TEXT.has(extname(entry.name)))
    .map(async (entry) => {
      const file = join(entry.parentPath, entry.name);
      const content = await readFile(file);
      await writeFile(`${file}.br`, await promisify(brotliCompress)(content, BROTLI));
      await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }));
    }),
);
