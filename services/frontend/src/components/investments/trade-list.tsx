import type { Choices } from "@/components/investments/choices";
import { TradeActions } from "@/components/investments/investment-actions";
import { Amount } from "@/components/ui/amount";
import type { Account, Trade } from "@/lib/api/schema";
import type { I18n } from "@/lib/i18n/i18n";
import { isZero } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./list.module.css";

/** What was traded, in one line: “Buy 12.5 ACME”. */
export function tradeTitle({ t, formatNumber }: I18n, { kind, quantity, ratio, symbol }: Trade): string {
  const numbers = quantity ? formatNumber(quantity) : ratio?.split(":").map((part) => formatNumber(part)).join(" : ");
  return [t(`investments.kind.${kind}`), numbers, symbol].filter(Boolean).join(" ");
}

export function TradeList({ trades, accounts, categories }: { trades: Trade[]; accounts: Account[]; categories: Choices["categories"] }) {
  const i18n = useI18n();
  const { t, formatDate, formatMoney } = i18n;
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return (
    <ul>
      {trades.map((trade) => {
        const title = tradeTitle(i18n, trade);
        return (
          <li key={trade.id} className={styles.row}>
            <div className={styles.main}>
              <h3 className={styles.title}>
                <bdi>{title}</bdi>
              </h3>
              <p className={styles.detail}>
                <time dateTime={trade.date}>{formatDate(trade.date)}</time> · <bdi>{[names.get(trade.account_id), trade.note].filter(Boolean).join(" · ")}</bdi>
              </p>
            </div>
            <div className={styles.figures}>
              {trade.kind !== "split" && (
                <p className={styles.amount}>
                  <Amount money={trade.amount} />
                </p>
              )}
              {!isZero(trade.fee) && (
                <p className={styles.detail}>{t(trade.kind === "dividend" ? "investments.withheldOf" : "investments.feeOf", { amount: formatMoney(trade.fee) })}</p>
              )}
              {trade.realised_gain && <p className={styles.detail}>{t("investments.gainOf", { amount: formatMoney(trade.realised_gain, "exceptZero") })}</p>}
            </div>
            <div className={styles.actions}>
              <TradeActions id={trade.id} title={title} categories={categories} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
