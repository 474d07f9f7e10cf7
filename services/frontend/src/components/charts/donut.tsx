import { arc, pie } from "d3-shape";
import { type ReactNode, useId } from "react";
import { ChartTable } from "@/components/charts/chart-table";
import { colour, COLOURS, fill, Fills, Swatch } from "@/components/charts/series";
import styles from "./donut.module.css";

export interface Slice {
  key: string;
  name: ReactNode;
  /** Below zero it can't be drawn as a share and counts as nothing. */
  value: number;
  text: string;
  share: string;
}

interface DonutProps {
  label: string;
  /** The heads of the table: of the names, the amounts and the shares. */
  columns: readonly [string, string, string];
  /** The largest first: from the sixth on they share one colour, so put the small ones together before. */
  slices: readonly Slice[];
  /** Written in the middle, such as the total. */
  centre: string;
}

const OUTER = 78;
const INNER = 54;

/** The parts of a whole, clockwise in both directions of reading, like a clock. */
export function Donut({ label, columns, slices, centre }: DonutProps) {
  const chart = useId();
  if (slices.length === 0) return null;
  const shapes = pie<Slice>()
    .value(({ value }) => Math.max(0, value))
    .sort(null)([...slices]);
  const shape = arc<(typeof shapes)[number]>().innerRadius(INNER).outerRadius(OUTER);
  const whole = arc()({ innerRadius: INNER, outerRadius: OUTER, startAngle: 0, endAngle: 2 * Math.PI }) ?? "";
  const index = (at: number) => Math.min(at, COLOURS - 1);
  return (
    <figure className={styles.figure}>
      <div className={styles.pair}>
        <svg role="img" aria-label={label} viewBox="-80 -80 160 160" className={styles.donut}>
          <Fills chart={chart} count={slices.length} />
          <path d={whole} className={styles.track} />
          {shapes.map((one, at) =>
            one.value > 0 ? (
              <path key={one.data.key} d={shape(one) ?? ""} fill={fill(chart, index(at))} className={`${styles.slice} ${colour(index(at))}`}>
                <title>{`${one.data.text}, ${one.data.share}`}</title>
              </path>
            ) : null,
          )}
          <text dy="0.35em" className={styles.centre}>
            {centre}
          </text>
        </svg>
        <ul className={styles.key}>
          {slices.map(({ key, name, text }, at) => (
            <li key={key} className={styles.entry}>
              <Swatch index={index(at)} chart={chart} />
              <span className={styles.name}>{name}</span>
              <span className={styles.text}>{text}</span>
            </li>
          ))}
        </ul>
      </div>
      <ChartTable caption={label} columns={columns} rows={slices.map(({ key, name, text, share }) => ({ key, cells: [name, text, share] }))} />
    </figure>
  );
}

interface RingProps {
  label: string;
  /** Of the whole: 1 is all of it, and more than all is drawn as all. */
  share: number;
  /** Written in the middle, such as "80%": the colour isn't the only sign. */
  text: string;
  tone?: "calm" | "caution" | "alarm";
  /** In pixels across. */
  size?: number;
}

/** How much of one thing is used or reached. */
export function Ring({ label, share, text, tone = "calm", size = 80 }: RingProps) {
  const whole = { innerRadius: 30, outerRadius: 38, startAngle: 0, endAngle: 2 * Math.PI };
  const part = { ...whole, endAngle: 2 * Math.PI * share };
  return (
    <svg role="img" aria-label={label} viewBox="-40 -40 80 80" width={size} height={size} className={styles.ring}>
      <path d={arc()(whole) ?? ""} className={styles.track} />
      {part.endAngle > 0 && <path d={arc().cornerRadius(4)(part) ?? ""} className={styles[tone]} />}
      <text dy="0.35em" className={styles.share}>
        {text}
      </text>
    </svg>
  );
}
