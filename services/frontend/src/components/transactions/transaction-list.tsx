import { Amount } from "@/components/ui/amount";
import type { Account, Category, Transaction } from "@/lib/api/schema";
import hidden from "@/components/ui/visually-hidden.module.css";
import { useI18n } from "#i18n";
import styles from "./transaction-list.module.css";

interface TransactionListProps {
  items: Transaction[];
  accounts: Account[];
  categories: Category[];
}

export function TransactionList({ items, accounts, categories }: TransactionListProps) {
  const { t, formatDate } = useI18n();
  const accountNames = new Map(accounts.map(({ id, name }) => [id, name]));
  const categoryNames = new Map(categories.map(({ id, name }) => [id, name]));
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
          {items.map((item) => (
            <tr role="row" key={item.id} className={styles.row}>
              <td role="cell" className={styles.date}>
                <time dateTime={item.date}>{formatDate(item.date)}</time>
              </td>
              <td role="cell" className={styles.payee}>
                {item.payee}
                <span className={styles.detail}>{[accountNames.get(item.account_id), item.note].filter(Boolean).join(" · ")}</span>
              </td>
              <td role="cell" className={styles.category}>{categoryNames.get(item.category_id ?? "") ?? t("dashboard.uncategorised")}</td>
              <td role="cell" className={styles.amount}>
                <Amount money={item.amount} sign="exceptZero" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
