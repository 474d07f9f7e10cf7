import { Amount } from "@/components/ui/amount";
import { Panel } from "@/components/ui/panel";
import type { Envelope } from "@/lib/api/schema";
import { isNegative } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./figures.module.css";

/** Of all envelopes, for each currency by itself. */
export function Totals({ totals }: { totals: Envelope[] }) {
  const { t, currencyName } = useI18n();
  return totals.map((total) => {
    const { currency } = total.left;
    return (
      <Panel key={currency} title={totals.length > 1 ? t("budgets.totalIn", { currency: currencyName(currency) }) : t("budgets.total")}>
        <dl className={styles.figures}>
          {(["budgeted", "rolled_over", "spent", "left"] as const).map((name) => (
            <div key={name}>
              <dt className={styles.name}>{t(name === "left" && isNegative(total.left) ? "budgets.short" : `budgets.${name}`)}</dt>
              <dd className={`${styles.value} ${name === "left" && isNegative(total.left) ? styles.short : ""}`}>
                <Amount money={total[name]} />
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
    );
  });
}
