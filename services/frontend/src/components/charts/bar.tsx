import styles from "./bar.module.css";

const FULL = 100;

interface BarProps {
  /** Of the whole track; what lies beyond its ends is cut off. */
  percent: number;
  tone?: "calm" | "caution" | "alarm";
  /** Where on the track a line is drawn across it, in percent. */
  mark?: number;
}

/** A length on a track. It is for the eye alone: what it shows is said in words beside it. */
export function Bar({ percent, tone = "calm", mark }: BarProps) {
  return (
    <svg aria-hidden viewBox="0 0 100 1" preserveAspectRatio="none" className={styles.bar}>
      <rect width={FULL} height="1" className={styles.track} />
      <rect width={Math.max(0, Math.min(FULL, percent))} height="1" className={styles[tone]} />
      {mark !== undefined && <line x1={mark} x2={mark} y1="0" y2="1" className={styles.mark} />}
    </svg>
  );
}
