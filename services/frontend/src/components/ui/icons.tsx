import styles from "./icons.module.css";

const PATHS = {
  dashboard: "M4 20V11m5.5 9V4m5 16v-7M20 20V8",
  transactions: "M4 7h13m0 0-3-3m3 3-3 3M20 17H7m0 0 3-3m-3 3 3 3",
  accounts: "M3.5 8.5 12 4l8.5 4.5M5 10.5V17m4.7-6.5V17m4.6-6.5V17M19 10.5V17M3.5 20h17",
  chat: "M20 11.5a7.5 7.5 0 0 1-11 6.6L4 19.5l1.4-4.6A7.5 7.5 0 1 1 20 11.5Z",
  budgets: "M12 3.5a8.5 8.5 0 1 0 8.5 8.5H12V3.5Zm3.5.2a8.5 8.5 0 0 1 4.8 4.8h-4.8V3.7Z",
  goals: "M6 21V4m0 .5h11.5l-2.5 4 2.5 4H6",
  recurring: "M19.5 10A8 8 0 0 0 5.3 7.6L4 9m0-5v5h5m-4.5 5a8 8 0 0 0 14.2 2.4L20 15m0 5v-5h-5",
  forecast: "M3.5 17.5 9 11l4 3.5L20.5 6m0 0h-5m5 0v5",
  insights: "M9.5 20h5M10 17v-1.5c0-1.2-.7-2-1.5-2.9a5.5 5.5 0 1 1 7 0c-.8.9-1.5 1.7-1.5 2.9V17h-4Z",
  investments: "M7 4v3m0 8v5M4.5 7h5v8h-5V7ZM17 3v6m0 7v5m-2.5-12h5v7h-5V9Z",
  import: "M12 3v11m0 0 4-4m-4 4-4-4M4 15v4a1.5 1.5 0 0 0 1.5 1.5h13A1.5 1.5 0 0 0 20 19v-4",
  rules: "M4 7h7m4 0h5M4 17h3m4 0h9M13 4.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4ZM9 14.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z",
  categories: "M3.5 11V5A1.5 1.5 0 0 1 5 3.5h6a2 2 0 0 1 1.4.6l7.5 7.5a2 2 0 0 1 0 2.8l-5.5 5.5a2 2 0 0 1-2.8 0L4.1 12.4a2 2 0 0 1-.6-1.4ZM8 8h.01",
  notifications: "M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 1.5h-15L6 16.5Zm4 4h4",
  settings: "M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM12 3v2.5m0 13V21m9-9h-2.5m-13 0H3m15.4-6.4-1.8 1.8M7.4 16.6l-1.8 1.8m12.8 0-1.8-1.8M7.4 7.4 5.6 5.6",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  close: "m6 6 12 12M18 6 6 18",
  previous: "m14.5 6-6 6 6 6",
  next: "m9.5 6 6 6-6 6",
  signOut: "M10 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h4m4-4 4-4m0 0-4-4m4 4H9.5",
} as const;

export type IconName = keyof typeof PATHS;

/** Those that point along the line of writing, which runs the other way in Urdu. */
const DIRECTIONAL: ReadonlySet<IconName> = new Set<IconName>(["previous", "next", "signOut"]);

/** Drawn beside a text that says the same, hence hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      aria-hidden
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={DIRECTIONAL.has(name) ? styles.directional : undefined}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
