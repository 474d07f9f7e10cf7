import type { ReactNode } from "react";
import styles from "./panel.module.css";

/** `id` makes it a place that links lead to. */
export function Panel({ id, title, aside, children }: { id?: string; title?: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section id={id} className={styles.panel} aria-label={title}>
      {title && (
        <header className={styles.header}>
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}

export function PageHeader({ title, intro, children }: { title: string; intro?: string; children?: ReactNode }) {
  return (
    <header className={styles.pageHeader}>
      <div>
        <h1>{title}</h1>
        {intro && <p className={styles.intro}>{intro}</p>}
      </div>
      {children}
    </header>
  );
}
