import Link from "next/link";
import { Amount } from "@/components/ui/amount";
import type { Account } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./account-list.module.css";

export function AccountList({ accounts }: { accounts: Account[] }) {
  const { t } = useI18n();
  if (accounts.length === 0) return <p className={styles.none}>{t("accounts.none")}</p>;
  return (
    <ul className={styles.list}>
      {accounts.map((account) => (
        <li key={account.id} className={styles.card}>
          <div>
            <h2 className={styles.name}>{account.name}</h2>
            <p className={styles.kind}>{t(`accounts.kind.${account.kind}`)}</p>
          </div>
          <p className={styles.balance}>
            <Amount money={account.balance} />
          </p>
          <p className={styles.links}>
            <Link href={{ pathname: "/transactions", query: { account_id: account.id } }}>{t("transactions.title")}</Link>
            <Link href={{ pathname: "/import", query: { account_id: account.id } }}>{t("accounts.import")}</Link>
          </p>
        </li>
      ))}
    </ul>
  );
}
