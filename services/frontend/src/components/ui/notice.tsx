import type { ReactNode } from "react";
import type { Problem } from "@/lib/api/problem";
import { problemText } from "@/lib/api/problem-text";
import { useI18n } from "#i18n";
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
  const i18n = useI18n();
  if (!problem) return null;
  return (
    <Notice tone="error">
      <p>{problemText(i18n, problem)}</p>
      {(problem.status === 0 || problem.status >= 500) && (
        <p className={styles.reference}>{i18n.t("problem.reference", { traceId: problem.traceId })}</p>
      )}
    </Notice>
  );
}
