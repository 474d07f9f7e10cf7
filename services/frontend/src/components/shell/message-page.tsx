import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import styles from "./message-page.module.css";

/** A page that only says something. */
export function MessagePage({ title, detail, children }: { title: string; detail: string; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <Brand />
      <h1>{title}</h1>
      <p className={styles.detail}>{detail}</p>
      <div>{children}</div>
    </main>
  );
}
