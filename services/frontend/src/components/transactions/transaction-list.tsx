import { namesOf, RowAmount, RowDetail, usePurpose } from "@/components/transactions/row-parts";
import type { Account, Category, Transaction } from "@/lib/api/schema";
import hidden from "@/components/ui/visually-hidden.module.css";
import { useI18n } from "#i18n";
import styles from "./transaction-list.module.css";

interface TransactionListProps {
  items: Transaction[];
  accounts: Account[];
  categories: Category[];
}

/** To be read only; see `Ledger` for the one to work in. */
export function TransactionList({ items, accounts, categories }: TransactionListProps) {
  const { t, formatDate } = useI18n();
  const accountNames = namesOf(accounts);
  const purpose = usePurpose(namesOf(categories));
  // Rows are laid out as grids, which takes the table roles away in some browsers: hence they are named.
  return (
    <div className={styles.container}>
      <table role="table">
        <thead role="rowgroup" className={hidden.hidden}>
          <tr role="row">
            <th role="columnheader" scope="col">{t("transactions.date")}</th>
            <th role="columnheader" scope="col">{t("transactions.payee")}</th>
            <th role="columnheader" scope="col">{t("transactions.category")}</th>
            <th role="columnheader" scope="col">{t("transactions.amount")}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {items.map((row) => (
            <tr role="row" key={row.id} className={styles.row}>
              <td role="cell" className={styles.date}>
                <time dateTime={row.date}>{formatDate(row.date)}</time>
              </td>
              <td role="cell" className={styles.payee}>
                <bdi>{row.payee}</bdi>
                <RowDetail row={row} accounts={accountNames} />
              </td>
              <td role="cell" className={styles.category}>
                <bdi>{purpose(row)}</bdi>
              </td>
              <td role="cell" className={styles.amount}>
                <RowAmount row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
