import { Bar } from "@/components/charts/bar";
import type { BudgetState, BudgetStatus } from "@/lib/api/schema";
import { isNegative, isZero } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./meter.module.css";

const WARNING_PERCENT = 80;
const FULL_PERCENT = 100;

export type MeterState = BudgetState | "full" | "unused";

const SIGNS: Record<MeterState, string> = {
  unused: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z",
  ok: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm-3.5 8.2 2.5 2.5 4.5-5",
  warning: "M12 4.5 3.5 19.5h17L12 4.5Zm0 5.5v4.5m0 2.5v.01",
  full: "M12 4.5 3.5 19.5h17L12 4.5Zm0 5.5v4.5m0 2.5v.01",
  over: "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7l5-5ZM12 8v5m0 3v.01",
};
const TONES = { unused: "calm", ok: "calm", warning: "caution", full: "caution", over: "alarm" } as const;

/** The API's state, which from 80 % on is a warning until more than all is spent; all of it exactly, and nothing at all, are told apart. */
export function meterState({ state, left, spent }: Pick<BudgetStatus, "state" | "left" | "spent">): MeterState {
  if (state === "warning" && isZero(left)) return "full";
  return state === "ok" && (isZero(spent) || isNegative(spent)) ? "unused" : state;
}

/** How much of an envelope is spent, by length and colour; `MeterText` says the same with a sign and in words. */
export function Meter({ status }: { status: BudgetStatus }) {
  const state = meterState(status);
  // Where nothing was available, whatever is spent fills the bar.
  const percent = status.percent === null ? (state === "over" ? FULL_PERCENT : 0) : Number(status.percent);
  return <Bar percent={percent} tone={TONES[state]} mark={WARNING_PERCENT} />;
}

export function MeterText({ status }: { status: BudgetStatus }) {
  const { t, formatPercent } = useI18n();
  const state = meterState(status);
  return (
    <p className={`${styles.state} ${styles[TONES[state]]}`}>
      <svg aria-hidden width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <path d={SIGNS[state]} />
      </svg>
      {t(`budgets.state.${state}`)}
      {status.percent !== null && state !== "unused" && ` · ${formatPercent(Number(status.percent) / FULL_PERCENT)}`}
    </p>
  );
}
