import { isNegative, isZero, type Money } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./amount.module.css";

/** An amount with its sign in text and colour; tabular digits, so that columns line up. */
export function Amount({ money, sign = "auto" }: { money: Money; sign?: "auto" | "exceptZero" }) {
  const { formatMoney } = useI18n();
  const tone = isNegative(money) || isZero(money) || sign === "auto" ? "" : styles.positive;
  return <span className={`${styles.amount} ${tone}`}>{formatMoney(money, sign)}</span>;
}
