import Link from "next/link";
import { ChartTable } from "@/components/charts/chart-table";
import type { Point } from "@/components/charts/frame";
import type { Series } from "@/components/charts/series";

interface PointTableProps {
  caption: string;
  pointName: string;
  points: readonly Point[];
  series: readonly Series[];
}

export function PointTable({ caption, pointName, points, series }: PointTableProps) {
  return (
    <ChartTable
      caption={caption}
      columns={[pointName, ...series.map(({ name }) => name)]}
      rows={points.map(({ key, text, href }, index) => ({
        key,
        cells: [href ? <Link key={key} href={href as never}>{text}</Link> : text, ...series.map(({ texts }) => texts[index])],
      }))}
    />
  );
}
