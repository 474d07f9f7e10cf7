import { listed } from "@/components/insights/formats";
import { Amount } from "@/components/ui/amount";
import type { MonthlySummary } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./month-flow.module.css";

const FIGURES = ["income", "expense", "net"] as const;

/** What came in, went out and was left over, next to the month before. */
export function MonthFlow({ summary }: { summary: MonthlySummary }) {
  const i18n = useI18n();
  const { t, formatMoney, formatMonth } = i18n;
  const { previous, other_currencies } = summary;
  return (
    <>
      <dl className={styles.figures}>
        {FIGURES.map((figure) => (
          <div key={figure} className={styles.figure}>
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
        <p className={styles.before}>
          {t("dashboard.otherCurrencies", { currencies: listed(i18n, other_currencies), currency: summary.currency })}
        </p>
      )}
    </>
  );
}
