import { scaleBand } from "d3-scale";
import { stack, stackOffsetDiverging } from "d3-shape";
import { useId } from "react";
import { valueAxis } from "@/components/charts/axes";
import { PointTable } from "@/components/charts/point-table";
import { type AxisProps, Frame, type Point } from "@/components/charts/frame";
import { colour, fill, Fills, Key, type Series } from "@/components/charts/series";
import { useI18n } from "#i18n";
import frame from "./frame.module.css";

interface BarChartProps extends AxisProps {
  /** What the points are, such as "Month": the head of their column in the table. */
  pointName: string;
  points: readonly Point[];
  series: readonly Series[];
  /** The series of a point upon each other, those below zero downwards, instead of side by side. */
  stacked?: boolean;
  /** Figures for the table only, such as what is left over. */
  alsoInTable?: readonly Series[];
}

/** Figures of months, or of anything else that is counted one by one. */
export function BarChart({ label, pointName, points, series, stacked = false, alsoInTable = [], formatTick, height = 224 }: BarChartProps) {
  const { direction } = useI18n();
  const chart = useId();
  if (points.length === 0) return null;
  const bars = stacked ? stackedSpans(points.length, series) : series.map(({ values }) => values.map((value) => [0, value ?? 0] as const));
  const { y, ticks } = valueAxis(bars.flat(2), height, formatTick, true);
  const group = scaleBand(points.keys(), direction === "ltr" ? [0, 100] : [100, 0]).paddingInner(0.3).paddingOuter(points.length < 4 ? 1 : 0.15);
  const within = scaleBand(stacked ? [0] : series.keys(), direction === "ltr" ? [0, group.bandwidth()] : [group.bandwidth(), 0]).paddingInner(0.12);
  const columns = [...series, ...alsoInTable];
  return (
    <figure className={frame.figure}>
      <Frame
        label={label}
        height={height}
        ticks={ticks}
        zero={y(0)}
        points={points}
        x={(_, index) => group(index)! + group.bandwidth() / 2}
        title={(index) => [points[index]!.text, ...columns.map(({ name, texts }) => `${name}: ${texts[index]}`)].join("\n")}
      >
        <Fills chart={chart} count={series.length} />
        {bars.map((spans, index) =>
          spans.map(([from, to], at) =>
            from === to ? null : (
              <rect
                key={`${series[index]!.name} ${points[at]!.key}`}
                x={`${group(at)! + within(stacked ? 0 : index)!}%`}
                width={`${within.bandwidth()}%`}
                y={Math.min(y(from), y(to))}
                height={Math.max(1, Math.abs(y(from) - y(to)))}
                fill={fill(chart, index)}
                className={colour(index)}
              />
            ),
          ),
        )}
      </Frame>
      <Key names={series.map(({ name }) => name)} chart={chart} />
      <PointTable caption={label} pointName={pointName} points={points} series={columns} />
    </figure>
  );
}

function stackedSpans(points: number, series: readonly Series[]): (readonly [number, number])[][] {
  const layers = stack<unknown, number, number>()
    .keys(series.keys())
    .value((at, index) => series[index]!.values[at] ?? 0)
    .offset(stackOffsetDiverging);
  return layers(Array.from({ length: points }, (_, at) => at)).map((layer) => layer.map(([from, to]) => [from, to] as const));
}
