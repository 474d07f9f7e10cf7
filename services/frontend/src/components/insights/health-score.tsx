import { Bar } from "@/components/charts/bar";
import { Ring } from "@/components/charts/donut";
import { EmptyState } from "@/components/ui/empty-state";
import type { FactorScore, Health } from "@/lib/api/schema";
import type { I18n } from "@/lib/i18n/i18n";
import { useI18n } from "#i18n";
import styles from "./health-score.module.css";

/** The score, and what each of its factors means and adds to it. */
export function HealthScore({ health: { score, factors } }: { health: Health }) {
  const i18n = useI18n();
  const { t, formatNumber, formatPercent } = i18n;
  return (
    <>
      {score === null ? (
        <EmptyState title={t("insights.noScore")} detail={t("insights.noScoreDetail")} />
      ) : (
        <div className={styles.score}>
          <Ring size={128} label={t("insights.scoreLabel", { score })} share={score / 100} text={formatNumber(score)} tone={toneOf(score)} />
          <p className={styles.about}>{t("insights.scoreDetail")}</p>
        </div>
      )}
      <ul className={styles.factors}>
        {factors.map((factor) => (
          <li key={factor.factor} className={styles.factor}>
            <p className={styles.name}>{t(`insights.${factor.factor}`)}</p>
            <p className={styles.points}>
              {factor.score === null ? t("insights.unknown") : t("insights.points", { points: factor.score })}
            </p>
            <Bar percent={factor.score ?? 0} tone={toneOf(factor.score ?? 0)} />
            <p className={styles.explanation}>
              {explained(i18n, factor)} {t("insights.weight", { share: formatPercent(factor.weight / 100) })}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

function explained({ t, formatNumber, formatPercent }: I18n, { factor, value, score }: FactorScore): string {
  if (score === null) return t(`insights.${factor}_unknown`);
  if (value === null) return t("insights.nothingOwned");
  return t(`insights.${factor}_why`, { value: factor === "emergency_fund" ? formatNumber(value) : formatPercent(value) });
}

function toneOf(score: number): "calm" | "caution" | "alarm" {
  return score >= 70 ? "calm" : score >= 40 ? "caution" : "alarm";
}
