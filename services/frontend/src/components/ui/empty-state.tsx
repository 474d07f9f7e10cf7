import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

/** In the place of a list that has nothing in it: what it will hold, what it is good for, and the first step. */
export function EmptyState({ title, detail, children }: { title: string; detail: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      <p className={styles.detail}>{detail}</p>
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
