import { legsOf } from "@/components/transactions/legs";
import { Transfer } from "@/components/transactions/transfer";
import { Amount } from "@/components/ui/amount";
import type { Transaction } from "@/lib/api/schema";
import { absolute } from "@/lib/decimals";
import type { Money } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./row-parts.module.css";

/** Names by id. */
export type Names = ReadonlyMap<string, string>;

export function namesOf(entries: readonly { id: string; name: string }[]): Names {
  return new Map(entries.map(({ id, name }) => [id, name]));
}

/** Where the money was moved, and what was noted. */
export function RowDetail({ row, accounts }: { row: Transaction; accounts: Names }) {
  const legs = legsOf(row);
  const name = (id: string) => accounts.get(id) ?? "";
  return (
    <span className={styles.detail}>
      {legs ? <Transfer from={name(legs.fromId)} to={name(legs.toId)} /> : <bdi>{name(row.account_id)}</bdi>}
      {row.note && (
        <>
          {" · "}
          <bdi>{row.note}</bdi>
        </>
      )}
    </span>
  );
}

/** What the money was for: a category, the several of a split, or that it was only moved. */
export function usePurpose(categories: Names): (row: Transaction) => string {
  const { t } = useI18n();
  const name = (id: string | null) => categories.get(id ?? "") ?? t("transactions.uncategorised");
  return ({ kind, splits, category_id }) => {
    if (kind !== "standard") return t(kind === "trade" ? "transactions.trade" : "transactions.transfer");
    if (splits.length > 0) return [...new Set(splits.map((split) => name(split.category_id)))].join(" · ");
    return name(category_id);
  };
}

/** A transfer has a sign only for an account that is looked at: on the whole nothing was gained or lost. */
export function RowAmount({ row, ofAccount = false }: { row: Transaction; ofAccount?: boolean }) {
  const { t } = useI18n();
  const other = row.transfer?.amount;
  const unsigned = (money: Money) => <Amount money={{ ...money, amount: absolute(money.amount) }} />;
  return (
    <>
      {other && !ofAccount ? unsigned(row.amount) : <Amount money={row.amount} sign="exceptZero" />}
      {other && other.currency !== row.amount.currency && <span className={styles.second}>{unsigned(other)}</span>}
      {row.status === "pending" && <span className={styles.pending}>{t("transactions.status.pending")}</span>}
    </>
  );
}
