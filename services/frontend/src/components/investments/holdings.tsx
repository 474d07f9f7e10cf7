import Link from "next/link";
import type { ReactNode } from "react";
import { ageInDays, isStale } from "@/components/investments/price-age";
import { Amount } from "@/components/ui/amount";
import type { Holding, HoldingPrice } from "@/lib/api/schema";
import { isNegative } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./rows.module.css";

const COLUMNS = ["holding", "quantity", "price", "cost", "value", "gain"] as const;

export function Holdings({ holdings, today }: { holdings: Holding[]; today: string }) {
  const { t, formatNumber } = useI18n();
  // Rows are laid out as grids, which takes the table roles away in some browsers: hence they are named.
  return (
    <div className={styles.container}>
      <table role="table" className={styles.holdings}>
        <thead role="rowgroup">
          <tr role="row" className={styles.head}>
            {COLUMNS.map((column, index) => (
              <th key={column} role="columnheader" scope="col" className={index > 0 ? styles.number : undefined}>
                {t(`investments.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className={styles.rows}>
          {holdings.map((one) => (
            <tr key={one.security_id + one.account_id} role="row" className={styles.row}>
              <th role="rowheader" scope="row" className={styles.name}>
                <Link href={{ pathname: "/investments/trades", query: { security_id: one.security_id, account_id: one.account_id } }}>
                  <bdi>{one.symbol}</bdi>
                </Link>
                <span className={styles.detail}>
                  <bdi>{[one.name === one.symbol ? undefined : one.name, one.account].filter(Boolean).join(" · ")}</bdi>
                </span>
              </th>
              <Cell column="quantity">{formatNumber(one.quantity)}</Cell>
              <Cell column="price">{one.price ? <PriceOf price={one.price} today={today} /> : t("investments.noPrice")}</Cell>
              <Cell column="cost">
                <Amount money={one.cost} />
              </Cell>
              <Cell column="value">
                {one.value ? <Amount money={one.value} /> : "—"}
                {one.converted_value && one.converted_value.currency !== one.value?.currency && (
                  <span className={styles.detail}>
                    <Amount money={one.converted_value} />
                  </span>
                )}
              </Cell>
              <Cell column="gain">
                {one.unrealised_gain ? (
                  <span className={isNegative(one.unrealised_gain) ? styles.loss : undefined}>
                    <Amount money={one.unrealised_gain} sign="exceptZero" />
                  </span>
                ) : (
                  "—"
                )}
              </Cell>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ column, children }: { column: (typeof COLUMNS)[number]; children: ReactNode }) {
  const { t } = useI18n();
  return (
    <td role="cell" className={styles.number}>
      <span aria-hidden className={styles.label}>
        {t(`investments.column.${column}`)}
      </span>
      {children}
    </td>
  );
}

/** With its day, and a warning where it is too old to say what something is worth today. */
function PriceOf({ price: { price, currency, date, source }, today }: { price: HoldingPrice; today: string }) {
  const { t, formatDate } = useI18n();
  return (
    <>
      <Amount money={{ amount: price, currency }} />
      {isStale(date, today) ? (
        <span className={styles.stale}>
          <svg aria-hidden width="14" height="14" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
            <path d="M12 4.5 3.5 19.5h17L12 4.5Zm0 5.5v4.5m0 2.5v.01" />
          </svg>
          {t("investments.daysOld", { count: ageInDays(date, today) })}
        </span>
      ) : (
        <span className={styles.detail}>{formatDate(date)}</span>
      )}
      {source === "trade" && <span className={styles.detail}>{t("investments.fromTrade")}</span>}
    </>
  );
}
