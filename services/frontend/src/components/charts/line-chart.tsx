import { area, line } from "d3-shape";
import { timeAxis, valueAxis } from "@/components/charts/axes";
import { PointTable } from "@/components/charts/point-table";
import { type AxisProps, Frame, type Point, Stretched } from "@/components/charts/frame";
import { colour, dash, Key, Marker, type Series } from "@/components/charts/series";
import { useI18n } from "#i18n";
import frame from "./frame.module.css";
import styles from "./line-chart.module.css";

interface LineChartProps extends AxisProps {
  /** What the points are, such as "Month": the head of their column in the table. */
  pointName: string;
  /** The key of each is its day, `2026-11-26`; the oldest first. */
  points: readonly Point[];
  series: readonly Series[];
  /** The interval around the first series. */
  band?: { low: Series; high: Series };
  /** Whether the axis reaches to zero and marks it. */
  zero?: boolean;
}

/** More than these would run into each other. */
const MOST_MARKERS = 31;

/** Figures over time. */
export function LineChart({ label, pointName, points, series, band, zero = false, formatTick, height = 224 }: LineChartProps) {
  const { direction } = useI18n();
  if (points.length === 0) return null;
  const bandSeries = band ? [band.low, band.high] : [];
  const columns = [...series, ...bandSeries];
  const values = columns.flatMap((one) => one.values.filter((value) => value !== null));
  const { y, ticks } = valueAxis(values, height, formatTick, zero);
  const across = timeAxis(points.map(({ key }) => key), direction);
  const x = (index: number) => across(points[index]!.key);
  const path = line<number | null>((_, index) => x(index), (value) => y(value!)).defined((value) => value !== null);
  const between = area<Point>((_, index) => x(index), (_, index) => y(band!.low.values[index]!), (_, index) => y(band!.high.values[index]!));
  return (
    <figure className={frame.figure}>
      <Frame
        label={label}
        height={height}
        ticks={ticks}
        zero={zero || values.some((value) => value < 0) ? y(0) : undefined}
        points={points}
        x={(_, index) => x(index)}
        title={(index) => [points[index]!.text, ...columns.map(({ name, texts }) => `${name}: ${texts[index]}`)].join("\n")}
      >
        <Stretched height={height}>
          {band && <path d={between([...points]) ?? ""} className={`${styles.band} ${colour(0)}`} />}
          {bandSeries.map(({ name, values: edge }) => (
            <path key={name} d={path(edge) ?? ""} className={`${styles.edge} ${colour(0)}`} />
          ))}
          {series.map(({ name, values: own }, index) => (
            <path key={name} d={path(own) ?? ""} strokeDasharray={dash(index)} className={`${styles.line} ${colour(index)}`} />
          ))}
        </Stretched>
        {series.map(({ name, values: own }, index) =>
          own.map((value, at) =>
            value !== null && (own.length <= MOST_MARKERS || at === own.length - 1) ? (
              <Marker key={`${name} ${points[at]!.key}`} index={index} x={x(at)} y={y(value)} />
            ) : null,
          ),
        )}
      </Frame>
      <Key names={series.map(({ name }) => name)} />
      <PointTable caption={label} pointName={pointName} points={points} series={columns} />
    </figure>
  );
}
