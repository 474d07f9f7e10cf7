import Form from "next/form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Options, SelectField, TextField } from "@/components/ui/field";
import type { Account, Category } from "@/lib/api/schema";
import { isFiltered, type TransactionsQuery } from "@/lib/transactions-query";
import { useI18n } from "#i18n";
import styles from "./filters.module.css";

interface FiltersProps {
  query: TransactionsQuery;
  accounts: Account[];
  categories: Category[];
}

export function Filters({ query, accounts, categories }: FiltersProps) {
  const { t } = useI18n();
  return (
    // The key gives the fields their values anew when the address changes otherwise, by "Clear" or the back button.
    <Form key={JSON.stringify(query)} action="/transactions" role="search" className={styles.filters}>
      <TextField label={t("transactions.search")} name="q" type="search" defaultValue={query.q} required={false} />
      <SelectField label={t("transactions.account")} name="account_id" defaultValue={query.account_id}>
        <option value="">{t("transactions.anyAccount")}</option>
        <Options entries={accounts} />
      </SelectField>
      <SelectField label={t("transactions.category")} name="category_id" defaultValue={query.category_id}>
        <option value="">{t("transactions.anyCategory")}</option>
        <Options entries={categories} />
      </SelectField>
      <TextField label={t("transactions.from")} name="from" type="date" defaultValue={query.from} required={false} />
      <TextField label={t("transactions.to")} name="to" type="date" defaultValue={query.to} required={false} />
      <div className={styles.buttons}>
        <Button type="submit" variant="secondary">
          {t("transactions.filter")}
        </Button>
        {isFiltered(query) && (
          <ButtonLink href="/transactions" variant="quiet">
            {t("transactions.clear")}
          </ButtonLink>
        )}
      </div>
    </Form>
  );
}
