import Link from "next/link";
import { EditAccountButton, RestoreAccountButton } from "@/components/accounts/account-buttons";
import { ACCOUNT_KINDS } from "@/components/accounts/kinds";
import { Amount } from "@/components/ui/amount";
import { Panel } from "@/components/ui/panel";
import type { Account } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./account-list.module.css";

export function AccountList({ accounts }: { accounts: Account[] }) {
  const { t } = useI18n();
  const current = accounts.filter(({ archived }) => !archived);
  const archived = accounts.filter((account) => account.archived);
  return (
    <>
      {ACCOUNT_KINDS.map((kind) => ({ kind, ofKind: current.filter((account) => account.kind === kind) }))
        .filter(({ ofKind }) => ofKind.length > 0)
        .map(({ kind, ofKind }) => (
          <Panel key={kind} title={t(`accounts.group.${kind}`)}>
            <Rows accounts={ofKind} />
          </Panel>
        ))}
      {archived.length > 0 && (
        <Panel title={t("accounts.group.archived")}>
          <Rows accounts={archived} />
        </Panel>
      )}
    </>
  );
}

function Rows({ accounts }: { accounts: Account[] }) {
  const { t } = useI18n();
  return (
    <ul className={styles.list}>
      {accounts.map((account) => (
        <li key={account.id} className={styles.account}>
          <div className={styles.about}>
            <h3>
              <bdi>{account.name}</bdi>
            </h3>
            {account.note && (
              <p className={styles.soft}>
                <bdi>{account.note}</bdi>
              </p>
            )}
          </div>
          <div className={styles.balance}>
            <p className={styles.figure}>
              <Amount money={account.balance} />
            </p>
            {account.cleared_balance.amount !== account.balance.amount && (
              <p className={styles.soft}>
                {t("accounts.cleared")} <Amount money={account.cleared_balance} />
              </p>
            )}
          </div>
          <div className={styles.links}>
            <Link href={{ pathname: "/transactions", query: { account_id: account.id } }}>{t("transactions.title")}</Link>
            {account.archived ? <RestoreAccountButton account={account} /> : <Link href={{ pathname: "/import", query: { account_id: account.id } }}>{t("accounts.import")}</Link>}
            <EditAccountButton account={account} />
          </div>
        </li>
      ))}
    </ul>
  );
}
