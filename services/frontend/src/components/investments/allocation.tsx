import { Donut } from "@/components/charts/donut";
import { ChoiceLinks } from "@/components/investments/choice-links";
import { address, type Grouping, GROUPINGS, portfolioParameters, type PortfolioQuery } from "@/components/investments/query";
import type { Portfolio, SecurityKind } from "@/lib/api/schema";
import { useI18n } from "#i18n";

export function Allocation({ portfolio, query }: { portfolio: Portfolio; query: PortfolioQuery }) {
  const { t, formatMoney, formatPercent, formatShortMoney, currencyName } = useI18n();
  const slices = portfolio.allocation[`by_${query.by}`];
  const names: Record<Grouping, (label: string) => string> = {
    security: (label) => label,
    kind: (label) => t(`investments.security.${label as SecurityKind}`),
    currency: currencyName,
    account: (label) => label,
  };
  const shown = slices.map(({ label, value, share }) => ({
    key: label,
    name: <bdi>{names[query.by](label)}</bdi>,
    value: Number(value.amount),
    text: formatMoney(value),
    share: formatPercent(share),
  }));
  const [largest] = slices;
  return (
    <>
      <ChoiceLinks
        label={t("investments.allocationBy")}
        current={query.by}
        choices={GROUPINGS.map((by) => ({
          key: by,
          text: t(`investments.by.${by}`),
          href: address("/investments", portfolioParameters({ ...query, by })),
        }))}
      />
      {largest ? (
        <Donut
          label={t("investments.allocationLabel", { largest: names[query.by](largest.label), share: formatPercent(largest.share) })}
          columns={[t(`investments.by.${query.by}`), t("investments.figure.value"), t("investments.share")]}
          slices={shown}
          centre={formatShortMoney(Number(portfolio.value.total.amount), portfolio.currency, 3)}
        />
      ) : (
        <p>{t("investments.noAllocation")}</p>
      )}
    </>
  );
}
