import { SecurityActions } from "@/components/investments/investment-actions";
import { Amount } from "@/components/ui/amount";
import { DeleteButton } from "@/components/ui/delete-button";
import type { Price, Rate, Security } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./list.module.css";

export function SecurityList({ securities }: { securities: Security[] }) {
  const { t, currencyName } = useI18n();
  return (
    <ul>
      {securities.map(({ id, symbol, name, kind, currency }) => (
        <li key={id} className={styles.row}>
          <div className={styles.main}>
            <h3 className={styles.title}>
              <bdi>{symbol}</bdi>
            </h3>
            <p className={styles.detail}>
              <bdi>{name}</bdi> · {t(`investments.security.${kind}`)} · {currencyName(currency)}
            </p>
          </div>
          <div className={styles.actions}>
            <SecurityActions security={{ id, symbol, name, currency }} />
          </div>
        </li>
      ))}
    </ul>
  );
}

export function PriceList({ prices, securities }: { prices: Price[]; securities: Security[] }) {
  const { t, formatDate } = useI18n();
  const known = new Map(securities.map((security) => [security.id, security]));
  return (
    <ul>
      {prices.map(({ id, security_id, date, price }) => {
        const security = known.get(security_id);
        return (
          <li key={id} className={styles.row}>
            <div className={styles.main}>
              <h3 className={styles.title}>
                <bdi>{security?.symbol}</bdi>
              </h3>
              <time dateTime={date} className={styles.detail}>
                {formatDate(date)}
              </time>
            </div>
            <p className={styles.amount}>{security && <Amount money={{ amount: price, currency: security.currency }} />}</p>
            <div className={styles.actions}>
              <DeleteButton
                path={`/prices/${id}`}
                title={t("investments.deletePriceTitle", { name: security?.symbol ?? "", date: formatDate(date) })}
                detail={t("investments.deletePrice")}
              />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

export function RateList({ rates }: { rates: Rate[] }) {
  const { t, formatDate, formatMoney, formatNumber } = useI18n();
  return (
    <ul>
      {rates.map(({ id, base, quote, date, rate }) => (
        <li key={id} className={styles.row}>
          <div className={styles.main}>
            <h3 dir="ltr" className={styles.title}>
              {base}/{quote}
            </h3>
            <time dateTime={date} className={styles.detail}>
              {formatDate(date)}
            </time>
          </div>
          <p className={styles.detail}>{t("investments.oneIs", { one: formatMoney({ amount: "1", currency: base }), rate: `${formatNumber(rate)} ${quote}` })}</p>
          <div className={styles.actions}>
            <DeleteButton
              path={`/rates/${id}`}
              title={t("investments.deletePriceTitle", { name: `${base}/${quote}`, date: formatDate(date) })}
              detail={t("investments.deleteRate")}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
