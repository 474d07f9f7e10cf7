import type { Goal } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import hidden from "@/components/ui/visually-hidden.module.css";
import styles from "./ring.module.css";

const FULL = 100;

/** How far a goal is. One that is reached closes its ring with a check mark, once, when the page is opened. */
export function Ring({ goal: { percent, state } }: { goal: Pick<Goal, "percent" | "state"> }) {
  const { formatPercent } = useI18n();
  const text = formatPercent(Number(percent) / FULL, { maximumFractionDigits: 0, roundingMode: "floor" });
  const late = state === "behind" || state === "overdue";
  return (
    <div className={styles.ring}>
      {state === "reached" ? (
        <>
          <svg aria-hidden viewBox="0 0 36 36">
            <circle cx="18" cy="18" r="18" className={styles.halo} />
            <circle cx="18" cy="18" r="16" pathLength={FULL} transform="rotate(-90 18 18)" className={styles.reached} />
          </svg>
          <svg aria-hidden viewBox="0 0 36 36">
            <path d="m11.5 18.5 4.5 4.5 8.5-9.5" pathLength={FULL} className={styles.check} />
          </svg>
          <span className={hidden.hidden}>{text}</span>
        </>
      ) : (
        <>
          <svg aria-hidden viewBox="0 0 36 36">
            <circle cx="18" cy="18" r="16" className={styles.track} />
            {Number(percent) > 0 && (
              <circle
                cx="18"
                cy="18"
                r="16"
                pathLength={FULL}
                strokeDasharray={`${Math.min(FULL, Number(percent))} ${FULL}`}
                transform="rotate(-90 18 18)"
                className={`${styles.value} ${late ? styles.behind : ""}`}
              />
            )}
          </svg>
          <span className={styles.percent}>{text}</span>
        </>
      )}
    </div>
  );
}
