import { Amount } from "@/components/ui/amount";
import type { MonthlySummary } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./totals.module.css";

const FIGURES = ["income", "expense", "net"] as const;

export function Totals({ summary }: { summary: MonthlySummary }) {
  const { t, formatMoney, formatMonth } = useI18n();
  const { previous, other_currencies } = summary;
  return (
    <>
      <dl className={styles.totals}>
        {FIGURES.map((figure) => (
          <div key={figure} className={styles.total}>
            <dt className={styles.label}>{t(`dashboard.${figure}`)}</dt>
            <dd className={styles.amount}>
              <Amount money={summary[figure]} sign={figure === "net" ? "exceptZero" : "auto"} />
            </dd>
            {previous && (
              <dd className={styles.before}>
                {t("dashboard.before", { amount: formatMoney(previous[figure]), month: formatMonth(previous.month) })}
              </dd>
            )}
          </div>
        ))}
      </dl>
      {other_currencies.length > 0 && (
        <p className={styles.others}>
          {t("dashboard.otherCurrencies", { currencies: other_currencies.join(", "), currency: summary.currency })}
        </p>
      )}
    </>
  );
}
