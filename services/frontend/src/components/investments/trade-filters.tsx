import Form from "next/form";
import { type Choices, TRADE_KINDS } from "@/components/investments/choices";
import { isFiltered, type TradesQuery } from "@/components/investments/query";
import { Button, ButtonLink } from "@/components/ui/button";
import { SelectField } from "@/components/ui/field";
import { Options } from "@/components/ui/options";
import { useI18n } from "#i18n";
import styles from "./list.module.css";

export function TradeFilters({ query, accounts, securities }: Pick<Choices, "accounts" | "securities"> & { query: TradesQuery }) {
  const { t } = useI18n();
  return (
    // The key gives the fields their values anew when the address changes otherwise, by "Clear" or the back button.
    <Form key={JSON.stringify(query)} action="/investments/trades" role="search" className={styles.filters}>
      <SelectField label={t("investments.security")} name="security_id" defaultValue={query.security_id}>
        <option value="">{t("investments.anySecurity")}</option>
        <Options entries={securities.map(({ id, symbol }) => ({ id, name: symbol }))} />
      </SelectField>
      <SelectField label={t("investments.account")} name="account_id" defaultValue={query.account_id}>
        <option value="">{t("investments.anyAccount")}</option>
        <Options entries={accounts} />
      </SelectField>
      <SelectField label={t("investments.kind")} name="kind" defaultValue={query.kind}>
        <option value="">{t("investments.anyKind")}</option>
        <Options entries={TRADE_KINDS.map((id) => ({ id, name: t(`investments.kind.${id}`) }))} />
      </SelectField>
      <div className={styles.buttons}>
        <Button type="submit" variant="secondary">
          {t("investments.filter")}
        </Button>
        {isFiltered(query) && (
          <ButtonLink href="/investments/trades" variant="quiet">
            {t("investments.clear")}
          </ButtonLink>
        )}
      </div>
    </Form>
  );
}
