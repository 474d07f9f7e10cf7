import type { ReactNode } from "react";
import { labelled, labelsWidth, type FormatTick } from "@/components/charts/axes";
import { useI18n } from "#i18n";
import styles from "./frame.module.css";

/** What the points of a chart share. */
export interface AxisProps {
  /** One sentence that says what the drawing shows. */
  label: string;
  formatTick: FormatTick;
  /** Of the drawing, without the labels below it, in pixels. */
  height?: number;
}

/** A place on the axis below: `tick` is its short name. */
export interface Point {
  key: string;
  text: string;
  tick: string;
  /** Where the figures of this point can be looked into. */
  href?: string;
}

interface FrameProps {
  label: string;
  height: number;
  ticks: readonly { at: number; text: string }[];
  zero: number | undefined;
  points: readonly Point[];
  /** The middle of a point, in percent of the width. */
  x: (point: Point, index: number) => number;
  /** The text that the pointer finds over a point. */
  title: (index: number) => string;
  children: ReactNode;
}

const BELOW = 22;

/**
 * The axes around a drawing. It stretches with the page while its texts keep their size: positions across are percentages,
 * those upwards are pixels, and whatever needs a path sits in a `<Stretched>`.
 */
export function Frame({ label, height, ticks, zero, points, x, title, children }: FrameProps) {
  const { direction } = useI18n();
  const middles = points.map(x);
  return (
    <div role="img" aria-label={label} className={styles.frame}>
      <svg width={labelsWidth(ticks.map(({ text }) => text))} height={height + BELOW} className={styles.values}>
        {ticks.map(({ at, text }) => (
          <text key={at} x={direction === "ltr" ? 0 : "100%"} y={at} dy="0.35em">
            {text}
          </text>
        ))}
      </svg>
      <svg width="100%" height={height + BELOW} className={styles.drawing}>
        {ticks.map(({ at }) => (
          <line key={at} x1="0" x2="100%" y1={at} y2={at} className={styles.grid} />
        ))}
        {zero !== undefined && <line x1="0" x2="100%" y1={zero} y2={zero} className={styles.zero} />}
        {children}
        <PointLabels points={points} middles={middles} y={height + BELOW - 6} />
        {middles.map((middle, index) => {
          const sides = [middles[index - 1], middles[index + 1]].map((next, after) => {
            if (next !== undefined) return (middle + next) / 2;
            const forwards = (middles.at(-1) ?? 0) >= (middles[0] ?? 0);
            return (after === 1) === forwards ? 100 : 0;
          });
          return (
            <rect key={points[index]!.key} x={`${Math.min(...sides)}%`} width={`${Math.abs(sides[1]! - sides[0]!)}%`} height={height} fill="transparent">
              <title>{title(index)}</title>
            </rect>
          );
        })}
      </svg>
    </div>
  );
}

function PointLabels({ points, middles, y }: { points: readonly Point[]; middles: readonly number[]; y: number }) {
  const { direction } = useI18n();
  return labelled(points.length).map(({ index, minor }) => {
    const middle = middles[index]!;
    // "start" is where the text starts to be read, hence the other side in a right-to-left page.
    const past = direction === "ltr" ? middle : 100 - middle;
    const anchor = past < 4 ? "start" : past > 96 ? "end" : "middle";
    return (
      <text key={points[index]!.key} x={`${middle}%`} y={y} textAnchor={anchor} className={minor ? styles.minor : undefined}>
        {points[index]!.tick}
      </text>
    );
  });
}

/** Holds paths whose x goes from 0 to 100. */
export function Stretched({ height, children }: { height: number; children: ReactNode }) {
  return (
    <svg width="100%" height={height} viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" className={styles.stretched}>
      {children}
    </svg>
  );
}
