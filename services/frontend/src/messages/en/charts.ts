export const charts = {
  "charts.showTable": "Show as a table",
} as const;
