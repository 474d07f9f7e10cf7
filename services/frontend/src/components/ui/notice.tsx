import type { ReactNode } from "react";
import type { Problem } from "@/lib/api/problem";
import { t } from "@/lib/i18n";
import styles from "./notice.module.css";

type Tone = "info" | "success" | "error";

/** A message that screen readers announce when it appears: errors at once, everything else when they pause. */
export function Notice({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <div role={tone === "error" ? "alert" : "status"} className={`${styles.notice} ${styles[tone]}`}>
      {children}
    </div>
  );
}

export function ProblemNotice({ problem }: { problem: Problem | undefined }) {
  if (!problem) return null;
  return (
    <Notice tone="error">
      <p>{problem.detail}</p>
      {(problem.status === 0 || problem.status >= 500) && (
        <p className={styles.reference}>{t("problem.reference", { traceId: problem.traceId })}</p>
      )}
    </Notice>
  );
}
