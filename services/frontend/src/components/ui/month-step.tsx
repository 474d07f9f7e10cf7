import Link from "next/link";
import { Icon } from "@/components/ui/icons";
import styles from "./month-step.module.css";

/** Leads to the month before or after the one of the page. */
export function MonthStep({ month, to, label }: { month: string; to: "previous" | "next"; label: string }) {
  return (
    <Link href={{ query: { month } }} aria-label={label} className={styles.step}>
      <Icon name={to} />
    </Link>
  );
}
