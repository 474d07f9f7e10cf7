import { DELIMITERS } from "@/components/imports/mapping";

const HEAD_BYTES = 32 * 1024;
const MAX_ROWS = 130;

/** The beginning of a file as text, to show people what they choose columns of. */
export async function readHead(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    // As a stream, since the last character may be cut through.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The first rows (RFC 4180). Nothing in a cell is ever anything but text. */
export function splitRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endRow = () => {
    rows.push([...row, cell]);
    row = [];
    cell = "";
  };
  for (let at = 0; at < text.length && rows.length < MAX_ROWS; at += 1) {
    const character = text[at]!;
    if (quoted && character === '"' && text[at + 1] === '"') {
      cell += character;
      at += 1;
    } else if (character === '"' && (quoted || !cell)) {
      quoted = !quoted;
    } else if (quoted) {
      cell += character;
    } else if (character === delimiter) {
      row.push(cell);
      cell = "";
    } else if (character === "\n") {
      endRow();
    } else if (character !== "\r") {
      cell += character;
    }
  }
  if (rows.length < MAX_ROWS && (cell || row.length > 0)) endRow();
  return rows;
}

/** By the delimiter that is chosen, or else the one that gives the most columns in row `at`. */
export function tableOf(text: string, chosen: string, at: number): { delimiter: string; rows: string[][] } {
  const tables = (chosen ? [chosen] : DELIMITERS).map((delimiter) => ({ delimiter, rows: splitRows(text, delimiter) }));
  return tables.reduce((best, table) => ((table.rows[at]?.length ?? 0) > (best.rows[at]?.length ?? 0) ? table : best));
}
