import { ChoiceLinks } from "@/components/investments/choice-links";
import { address, PERIODS, portfolioParameters, type PortfolioQuery } from "@/components/investments/query";
import { Amount } from "@/components/ui/amount";
import type { Performance as Figures } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./performance.module.css";

const RETURNS = ["money_weighted", "time_weighted", "time_weighted_yearly"] as const;
const FLOWS = ["start_value", "paid_in", "paid_out", "end_value", "gain"] as const;

export function Performance({ figures, query }: { figures: Figures; query: PortfolioQuery }) {
  const { t, language, formatDate, formatPercent } = useI18n();
  // The API's reasons are English sentences.
  const reason = (text: string | null) => (language === "en" && text) || t("investments.noReturn");
  return (
    <>
      <ChoiceLinks
        label={t("investments.period")}
        current={query.period}
        choices={PERIODS.map((period) => ({
          key: period,
          text: t(`investments.period.${period}`),
          href: address("/investments", portfolioParameters({ ...query, period })),
        }))}
      />
      <p className={styles.detail}>{t("investments.between", { from: formatDate(figures.from), to: formatDate(figures.to) })}</p>
      <dl className={styles.returns}>
        {RETURNS.map((name) => {
          const { rate, reason: why } = figures[name];
          return (
            <div key={name}>
              <dt className={styles.name}>{t(`investments.return.${name}`)}</dt>
              <dd>
                {rate === null ? (
                  <p>{reason(why)}</p>
                ) : (
                  <p className={`${styles.rate} ${rate.startsWith("-") ? styles.loss : ""}`}>{formatPercent(rate, { signDisplay: "exceptZero" })}</p>
                )}
                <p className={styles.detail}>{t(`investments.explain.${name}`)}</p>
              </dd>
            </div>
          );
        })}
      </dl>
      {figures.reason === null ? (
        <dl className={styles.flows}>
          {FLOWS.map((name) => {
            const money = figures[name];
            return (
              money && (
                <div key={name} className={styles.flow}>
                  <dt>{t(`investments.flow.${name}`)}</dt>
                  <dd>
                    <Amount money={money} sign={name === "gain" ? "exceptZero" : "auto"} />
                  </dd>
                </div>
              )
            );
          })}
        </dl>
      ) : (
        <p>{reason(figures.reason)}</p>
      )}
    </>
  );
}
