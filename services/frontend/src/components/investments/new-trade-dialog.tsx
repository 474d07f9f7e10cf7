import { useState } from "react";
import { type Choices, TRADE_KINDS } from "@/components/investments/choices";
import { amountLabel, ContentFields, NumberField } from "@/components/investments/content-fields";
import { readTrade, takesPrice } from "@/components/investments/trade-fields";
import { SelectField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import styles from "@/components/ui/form-grid.module.css";
import { Options } from "@/components/ui/options";
import { api } from "@/lib/api/browser";
import type { Trade, TradeKind } from "@/lib/api/schema";
import { today } from "@/lib/dates";
import { useI18n } from "#i18n";

interface NewTradeDialogProps extends Choices {
  onClose: () => void;
  onDone: () => void;
}

export default function NewTradeDialog({ accounts, securities, categories, onClose, onDone }: NewTradeDialogProps) {
  const { t } = useI18n();
  const [kind, setKind] = useState<TradeKind>("buy");
  const [accountId, setAccountId] = useState(accounts[0]?.id);
  const [securityId, setSecurityId] = useState(securities[0]?.id);
  const [given, setGiven] = useState("price");
  const account = accounts.find(({ id }) => id === accountId);
  const security = securities.find(({ id }) => id === securityId);
  const currency = account?.currency ?? "";
  const byPrice = takesPrice(kind, account, security);
  return (
    <FormDialog
      title={t("investments.addTrade")}
      submit={t("app.save")}
      send={(values, idempotencyKey) => api.post<Trade>("/trades", readTrade(kind, values), { idempotencyKey })}
      onDone={onDone}
      onClose={onClose}
    >
      <div className={styles.fields}>
        <SelectField label={t("investments.kind")} value={kind} onChange={(event) => setKind(event.target.value as TradeKind)}>
          {TRADE_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`investments.kind.${one}`)}
            </option>
          ))}
        </SelectField>
        <SelectField label={t("investments.account")} name="account_id" value={accountId} onChange={(event) => setAccountId(event.target.value)}>
          {accounts.map(({ id, name, currency: code }) => (
            <option key={id} value={id}>
              {name} · {code}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("investments.security")}
          name="security_id"
          value={securityId}
          onChange={(event) => setSecurityId(event.target.value)}
          optional={kind === "fee"}
        >
          {kind === "fee" && <option value="">{t("investments.noSecurity")}</option>}
          <Options entries={securities.map(({ id, symbol, name }) => ({ id, name: symbol === name ? symbol : `${symbol} · ${name}` }))} />
        </SelectField>
      </div>
      <ContentFields
        key={kind}
        kind={kind}
        currency={currency}
        day={today()}
        categories={categories}
        amount={
          byPrice && (
            <>
              <SelectField label={t("investments.given")} name="given" value={given} onChange={(event) => setGiven(event.target.value)}>
                <option value="price">{t("investments.givenPrice")}</option>
                <option value="amount">{t("investments.givenAmount")}</option>
              </SelectField>
              <NumberField label={t(given === "price" ? "investments.priceIn" : amountLabel(kind), { currency })} name="amount" />
            </>
          )
        }
      />
    </FormDialog>
  );
}
