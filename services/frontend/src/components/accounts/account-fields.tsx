import { ACCOUNT_KINDS } from "@/components/accounts/kinds";
import { CurrencyField } from "@/components/ui/currency-field";
import { SelectField, TextField } from "@/components/ui/field";
import type { Account } from "@/lib/api/schema";
import { parseAmount } from "@/lib/money";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "@/components/ui/form-grid.module.css";

interface AccountFieldsProps {
  /** Without one it is a new account, whose currency is still open. */
  account?: Account;
  currency?: string | undefined;
}

export function AccountFields({ account, currency }: AccountFieldsProps) {
  const { t } = useI18n();
  return (
    <div className={styles.fields}>
      <TextField label={t("accounts.name")} hint={t("accounts.nameHint")} name="name" maxLength={100} autoComplete="off" dir="auto" defaultValue={account?.name} />
      <SelectField label={t("accounts.kind")} name="kind" defaultValue={account?.kind}>
        {ACCOUNT_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`accounts.kind.${kind}`)}
          </option>
        ))}
      </SelectField>
      {!account && <CurrencyField label={t("accounts.currency")} defaultValue={currency} />}
      <TextField
        label={t("accounts.opening")}
        hint={t("accounts.openingHint")}
        name="opening_balance"
        inputMode="decimal"
        autoComplete="off"
        defaultValue={account?.opening_balance.amount ?? "0.00"}
      />
      <TextField label={t("accounts.openingDate")} name="opening_date" type="date" defaultValue={account?.opening_date ?? ""} optional />
      <TextField label={t("accounts.note")} name="note" maxLength={500} autoComplete="off" dir="auto" defaultValue={account?.note ?? ""} optional />
    </div>
  );
}

/** The body of a write, from what was typed into `AccountFields`. */
export function readAccount(values: FormData): object {
  const opening = field(values, "opening_balance");
  const currency = field(values, "currency");
  const openingDate = field(values, "opening_date");
  return {
    name: field(values, "name"),
    kind: field(values, "kind"),
    ...(currency && { currency }),
    // What can't be read as a number goes to the API as typed: it knows best what is wrong with it.
    opening_balance: parseAmount(opening) ?? opening,
    ...(openingDate && { opening_date: openingDate }),
    note: field(values, "note"),
  };
}
