import { symbol, symbolCircle, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, symbolWye } from "d3-shape";
import styles from "./series.module.css";

/** One row of figures: numbers for the drawing, texts for people. A value that isn't known is null. */
export interface Series {
  name: string;
  values: readonly (number | null)[];
  texts: readonly string[];
}

export const COLOURS = 6;
const SYMBOLS = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolStar, symbolWye].map((type) => symbol(type, 40)() ?? "");
const DASHES = [undefined, "7 4", "2 3", "10 3 2 3", "4 2", "1 4"];
/** Lines across a fill, in the colour of the surface: nothing for the first series, then one direction each. */
const HATCHES = ["", "M-1 7 7-1M5 13 13 5", "M-1 1 7 9M5-5 13 3", "M0 3H8", "M3 0V8", "M0 3H8M3 0V8"];

const kind = (index: number) => index % COLOURS;

export const colour = (index: number): string => styles[`series${kind(index) + 1}`]!;
export const dash = (index: number): string | undefined => DASHES[kind(index)];
export const fill = (chart: string, index: number): string => (kind(index) === 0 ? "currentColor" : `url(#${patternId(chart, index)})`);

const patternId = (chart: string, index: number) => `${chart}-${kind(index)}`;

/** The fills of a chart, told apart by their lines as well as by their colours. */
export function Fills({ chart, count }: { chart: string; count: number }) {
  return (
    <defs>
      {Array.from({ length: Math.min(count, COLOURS) - 1 }, (_, index) => index + 1).map((index) => (
        <pattern key={index} id={patternId(chart, index)} width="8" height="8" patternUnits="userSpaceOnUse" className={colour(index)}>
          <rect width="8" height="8" fill="currentColor" />
          <path d={HATCHES[index]} className={styles.hatch} />
        </pattern>
      ))}
    </defs>
  );
}

export function Marker({ index, x, y }: { index: number; x: number; y: number }) {
  return (
    <svg x={`${x}%`} y={y} className={styles.marker}>
      <path d={SYMBOLS[kind(index)]} className={colour(index)} fill="currentColor" />
    </svg>
  );
}

/** Names what the lines or fills of a chart stand for; a single series needs no key. */
export function Key({ names, chart }: { names: readonly string[]; chart?: string }) {
  if (names.length < 2) return null;
  return (
    <ul className={styles.key}>
      {names.map((name, index) => (
        <li key={name} className={styles.entry}>
          <Swatch index={index} chart={chart} />
          {name}
        </li>
      ))}
    </ul>
  );
}

export function Swatch({ index, chart }: { index: number; chart: string | undefined }) {
  return (
    <svg aria-hidden width="24" height="12" className={`${styles.swatch} ${colour(index)}`}>
      {chart === undefined ? (
        <>
          <path d="M0 6H24" stroke="currentColor" strokeWidth="2" strokeDasharray={dash(index)} />
          <Marker index={index} x={50} y={6} />
        </>
      ) : (
        <rect x="6" width="12" height="12" rx="2" fill={fill(chart, index)} />
      )}
    </svg>
  );
}
