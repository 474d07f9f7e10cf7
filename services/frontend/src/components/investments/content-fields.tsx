import type { ReactNode } from "react";
import type { Choices } from "@/components/investments/choices";
import { has } from "@/components/investments/trade-fields";
import { SelectField, TextField } from "@/components/ui/field";
import styles from "@/components/ui/form-grid.module.css";
import { Options } from "@/components/ui/options";
import type { Trade, TradeKind } from "@/lib/api/schema";
import type { MessageKey } from "@/messages/catalogues";
import { useI18n } from "#i18n";

interface ContentFieldsProps {
  kind: TradeKind;
  currency: string;
  /** In the place of the amount, where it can be given otherwise. */
  amount?: ReactNode;
  trade?: Trade;
  day?: string;
  categories: Choices["categories"];
}

/** The fields of a kind of trade, and no others. */
export function ContentFields({ kind, currency, amount, trade, day, categories }: ContentFieldsProps) {
  const { t } = useI18n();
  const [newShares, oldShares] = trade?.ratio?.split(":") ?? [];
  const ofKind = (wanted: string, chosen: string | null | undefined) => categories.filter((one) => one.kind === wanted || one.id === chosen);
  return (
    <>
      <div className={styles.fields}>
        <TextField label={t("investments.date")} name="date" type="date" defaultValue={trade?.date ?? day} />
        {has(kind, "quantity") && <NumberField label={t("investments.quantity")} name="quantity" value={trade?.quantity} />}
        {has(kind, "ratio") && (
          <>
            <NumberField label={t("investments.newShares")} name="new_shares" value={newShares} />
            <NumberField label={t("investments.oldShares")} name="old_shares" value={oldShares} />
          </>
        )}
        {has(kind, "amount") && (amount || <NumberField label={t(amountLabel(kind), { currency })} name="amount" value={trade?.amount.amount} />)}
        {has(kind, "fee") && (
          <NumberField label={t(kind === "dividend" ? "investments.withheld" : "investments.feeIn", { currency })} name="fee" value={trade?.fee.amount} optional />
        )}
      </div>
      {has(kind, "ratio") && <p>{t("investments.splitHint")}</p>}
      <div className={styles.fields}>
        {has(kind, "category_id") && (
          <SelectField
            label={t(kind === "sell" ? "investments.gainCategory" : "investments.dividendCategory")}
            name="category_id"
            defaultValue={trade?.category_id ?? ""}
            optional
          >
            <option value="">{t("investments.noCategory")}</option>
            <Options entries={ofKind("income", trade?.category_id)} />
          </SelectField>
        )}
        {has(kind, "fee_category_id") && (
          <SelectField label={t("investments.feeCategory")} name="fee_category_id" defaultValue={trade?.fee_category_id ?? ""} optional>
            <option value="">{t("investments.noCategory")}</option>
            <Options entries={ofKind("expense", trade?.fee_category_id)} />
          </SelectField>
        )}
      </div>
      <TextField label={t("investments.note")} name="note" dir="auto" maxLength={500} autoComplete="off" defaultValue={trade?.note ?? ""} optional />
    </>
  );
}

export function amountLabel(kind: TradeKind): MessageKey {
  if (kind === "dividend") return "investments.amountGross";
  return has(kind, "fee") ? "investments.amountWithoutFee" : "investments.amountIn";
}

export function NumberField({ label, name, value, optional }: { label: string; name: string; value?: string | null | undefined; optional?: boolean }) {
  return <TextField label={label} name={name} inputMode="decimal" autoComplete="off" defaultValue={value ?? ""} {...(optional && { optional })} />;
}
