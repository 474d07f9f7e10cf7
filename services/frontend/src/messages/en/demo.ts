export const demo = {
  "demo.add": "Look around with example data",
  "demo.adding": "Adding three years of example data…",
  "demo.added": { one: "{count} example transaction added.", other: "{count} example transactions added." },
} as const;
