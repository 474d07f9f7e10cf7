import { Amount } from "@/components/ui/amount";
import type { Account } from "@/lib/api/schema";
import { sum } from "@/lib/decimals";
import { useI18n } from "#i18n";
import styles from "./account-totals.module.css";

/** What all accounts of a currency come to. Currencies stay apart: only the backend has rates. */
export function AccountTotals({ accounts }: { accounts: Account[] }) {
  const { t, currencyName } = useI18n();
  const currencies = [...new Set(accounts.map(({ currency }) => currency))].sort();
  return (
    <dl aria-label={t("accounts.totals")} className={styles.totals}>
      {currencies.map((currency) => {
        const ofCurrency = accounts.filter((account) => account.currency === currency);
        const total = sum(ofCurrency.map(({ balance }) => balance.amount));
        const cleared = sum(ofCurrency.map(({ cleared_balance }) => cleared_balance.amount));
        return (
          <div key={currency} className={styles.total}>
            <dt>{t("accounts.totalIn", { currency: currencyName(currency) })}</dt>
            <dd className={styles.figure}>
              <Amount money={{ amount: total, currency }} />
            </dd>
            {cleared !== total && (
              <dd className={styles.cleared}>
                {t("accounts.cleared")} <Amount money={{ amount: cleared, currency }} />
              </dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}
