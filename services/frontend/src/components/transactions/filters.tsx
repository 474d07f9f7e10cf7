import { CategoryOptions } from "@/components/transactions/category-options";
import { FilterForm } from "@/components/transactions/filter-form";
import type { Lists } from "@/components/transactions/lists";
import { Button, ButtonLink } from "@/components/ui/button";
import { CheckboxField, SelectField, TextField } from "@/components/ui/field";
import { Options } from "@/components/ui/options";
import { isFiltered, moreFilters, type TransactionsQuery } from "@/lib/transactions-query";
import { useI18n } from "#i18n";
import styles from "./filters.module.css";

export function Filters({ query, lists: { accounts, categories, tags } }: { query: TransactionsQuery; lists: Lists }) {
  const { t, formatNumber } = useI18n();
  const more = moreFilters(query);
  return (
    <FilterForm query={query}>
      <div className={styles.usual}>
        <TextField label={t("transactions.search")} name="q" type="search" maxLength={200} defaultValue={query.q} required={false} />
        <SelectField label={t("transactions.account")} name="account_id" defaultValue={query.account_id}>
          <option value="">{t("transactions.anyAccount")}</option>
          <Options entries={accounts} />
        </SelectField>
        <SelectField label={t("transactions.category")} name="category_id" defaultValue={query.category_id}>
          <option value="">{t("transactions.anyCategory")}</option>
          <CategoryOptions categories={categories} />
        </SelectField>
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
      </div>
      <details open={more > 0} className={styles.more}>
        <summary>
          {t("transactions.moreFilters")}
          {more > 0 && ` (${formatNumber(more)})`}
        </summary>
        <div className={styles.rest}>
          <TextField label={t("transactions.from")} name="from" type="date" defaultValue={query.from} required={false} />
          <TextField label={t("transactions.to")} name="to" type="date" defaultValue={query.to} required={false} />
          <SelectField label={t("transactions.tag")} name="tag_id" defaultValue={query.tag_id}>
            <option value="">{t("transactions.anyTag")}</option>
            <Options entries={tags} />
          </SelectField>
          <SelectField label={t("transactions.kind")} name="kind" defaultValue={query.kind}>
            <option value="">{t("transactions.anyKind")}</option>
            <option value="standard">{t("transactions.kind.standard")}</option>
            <option value="transfer">{t("transactions.kind.transfer")}</option>
            <option value="trade">{t("transactions.kind.trade")}</option>
          </SelectField>
          <SelectField label={t("transactions.direction")} name="direction" defaultValue={query.direction}>
            <option value="">{t("transactions.anyDirection")}</option>
            <option value="out">{t("transactions.expense")}</option>
            <option value="in">{t("transactions.income")}</option>
          </SelectField>
          <SelectField label={t("transactions.status")} name="status" defaultValue={query.status}>
            <option value="">{t("transactions.anyStatus")}</option>
            <option value="pending">{t("transactions.status.pending")}</option>
            <option value="cleared">{t("transactions.status.cleared")}</option>
            <option value="reconciled">{t("transactions.status.reconciled")}</option>
          </SelectField>
          <TextField label={t("transactions.atLeast")} name="min_amount" inputMode="decimal" autoComplete="off" defaultValue={query.min_amount} required={false} />
          <TextField label={t("transactions.atMost")} name="max_amount" inputMode="decimal" autoComplete="off" defaultValue={query.max_amount} required={false} />
          <SelectField label={t("transactions.currency")} name="currency" defaultValue={query.currency}>
            <option value="">{t("transactions.anyCurrency")}</option>
            {[...new Set(accounts.map(({ currency }) => currency))].map((currency) => (
              <option key={currency}>{currency}</option>
            ))}
          </SelectField>
          <CheckboxField label={t("transactions.onlyUncategorised")} name="uncategorised" value="true" defaultChecked={query.uncategorised === "true"} />
        </div>
      </details>
    </FilterForm>
  );
}
