import { Amount } from "@/components/ui/amount";
import type { Portfolio, Total } from "@/lib/api/schema";
import { isNegative } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./figures.module.css";

const GAINS = ["unrealised_gain", "realised_gain"] as const;
const FIGURES = ["value", "cost", ...GAINS, "dividends", "fees"] as const;

export function PortfolioFigures({ portfolio }: { portfolio: Portfolio }) {
  const { t } = useI18n();
  return (
    <dl className={styles.figures}>
      {FIGURES.map((name) => (
        <div key={name} className={name === "value" ? styles.first : undefined}>
          <dt className={styles.name}>{t(`investments.figure.${name}`)}</dt>
          <dd>
            <TotalAmount total={portfolio[name]} signed={GAINS.includes(name as (typeof GAINS)[number])} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What has no exchange rate stands apart, for without one it adds up to nothing. */
function TotalAmount({ total: { total, unconverted }, signed }: { total: Total; signed: boolean }) {
  const { t, formatMoney } = useI18n();
  return (
    <>
      <p className={`${styles.value} ${signed && isNegative(total) ? styles.loss : ""}`}>
        <Amount money={total} sign={signed ? "exceptZero" : "auto"} />
      </p>
      {unconverted.map((money) => (
        <p key={money.currency} className={styles.apart}>
          {t("investments.apart", { amount: formatMoney(money) })}
        </p>
      ))}
    </>
  );
}
