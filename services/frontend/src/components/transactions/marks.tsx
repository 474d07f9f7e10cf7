import type { ReactNode } from "react";
import styles from "./marks.module.css";

// Not of the kit's icons: all of them would come into the script of the page for the sake of two.
function Mark({ className, children }: { className?: string | undefined; children: ReactNode }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" className={`${styles.mark} ${className ?? ""}`}>
      {children}
    </svg>
  );
}

export function Pencil() {
  return (
    <Mark>
      <path d="m4 20 1-4.5L16 4.5l3.5 3.5L8.5 19 4 20Zm10-13.5L17.5 10" />
    </Mark>
  );
}

/** Along the line of writing. */
export function Arrow() {
  return (
    <Mark className={styles.along}>
      <path d="M5 12h14m-5-5 5 5-5 5" />
    </Mark>
  );
}
