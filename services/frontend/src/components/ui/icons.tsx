const PATHS = {
  dashboard: "M4 20V11m5.5 9V4m5 16v-7M20 20V8",
  transactions: "M4 7h13m0 0-3-3m3 3-3 3M20 17H7m0 0 3-3m-3 3 3 3",
  import: "M12 3v11m0 0 4-4m-4 4-4-4M4 15v4a1.5 1.5 0 0 0 1.5 1.5h13A1.5 1.5 0 0 0 20 19v-4",
  accounts: "M3.5 8.5 12 4l8.5 4.5M5 10.5V17m4.7-6.5V17m4.6-6.5V17M19 10.5V17M3.5 20h17",
  chat: "M20 11.5a7.5 7.5 0 0 1-11 6.6L4 19.5l1.4-4.6A7.5 7.5 0 1 1 20 11.5Z",
  previous: "m14.5 6-6 6 6 6",
  next: "m9.5 6 6 6-6 6",
  signOut: "M10 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h4m4-4 4-4m0 0-4-4m4 4H9.5",
  edit: "m4 20 1-4.5L16 4.5l3.5 3.5L8.5 19 4 20Zm10-13.5L17.5 10",
} as const;

export type IconName = keyof typeof PATHS;

/** Drawn beside a text that says the same, hence hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg aria-hidden width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round">
      <path d={PATHS[name]} />
    </svg>
  );
}
