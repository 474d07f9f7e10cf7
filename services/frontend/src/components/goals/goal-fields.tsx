import { CheckboxField, TextField } from "@/components/ui/field";
import type { Account } from "@/lib/api/schema";
import { typedAmount } from "@/lib/money";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "./goal-fields.module.css";

export function readGoal(values: FormData) {
  return {
    name: field(values, "name"),
    target_amount: typedAmount(field(values, "target_amount")),
    target_date: field(values, "target_date") || null,
    account_ids: values.getAll("account_ids"),
  };
}

/** Accounts in the goal's currency, for only those add up to it. */
export function AccountsField({ accounts, chosen = [] }: { accounts: Account[]; chosen?: string[] }) {
  const { t, formatMoney } = useI18n();
  return (
    <fieldset className={styles.accounts}>
      <legend>{t("goals.accounts")}</legend>
      <p className={styles.hint}>{t(accounts.length > 0 ? "goals.accountsHint" : "goals.noAccounts")}</p>
      {accounts.map(({ id, name, balance }) => (
        <CheckboxField key={id} label={`${name} · ${formatMoney(balance)}`} name="account_ids" value={id} defaultChecked={chosen.includes(id)} />
      ))}
    </fieldset>
  );
}

export function NameField({ name }: { name?: string }) {
  const { t } = useI18n();
  return <TextField label={t("goals.name")} hint={t("goals.nameHint")} name="name" dir="auto" maxLength={100} autoComplete="off" defaultValue={name} />;
}

export function DateField({ date }: { date?: string | null }) {
  const { t } = useI18n();
  return <TextField label={t("goals.date")} name="target_date" type="date" defaultValue={date ?? ""} optional />;
}
