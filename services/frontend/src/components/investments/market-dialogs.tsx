import type { Choices } from "@/components/investments/choices";
import { NumberField } from "@/components/investments/content-fields";
import { CurrencyField } from "@/components/ui/currency-field";
import { SelectField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import styles from "@/components/ui/form-grid.module.css";
import { api } from "@/lib/api/browser";
import type { Price, Rate } from "@/lib/api/schema";
import { today } from "@/lib/dates";
import { typedAmount } from "@/lib/money";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";

interface DialogProps {
  onClose: () => void;
  onDone: () => void;
}

export function NewPriceDialog({ securities, chosen, ...dialog }: DialogProps & { securities: Choices["securities"]; chosen?: string | undefined }) {
  const { t } = useI18n();
  return (
    <FormDialog
      title={t("investments.addPrice")}
      submit={t("app.save")}
      send={(values, idempotencyKey) =>
        api.post<Price>(
          "/prices",
          { security_id: field(values, "security_id"), date: field(values, "date"), price: typedAmount(field(values, "price")) },
          { idempotencyKey },
        )
      }
      {...dialog}
    >
      <p>{t("investments.priceHint")}</p>
      <SelectField label={t("investments.security")} name="security_id" defaultValue={chosen}>
        {securities.map(({ id, symbol, currency }) => (
          <option key={id} value={id}>
            {symbol} · {currency}
          </option>
        ))}
      </SelectField>
      <div className={styles.fields}>
        <TextField label={t("investments.date")} name="date" type="date" defaultValue={today()} />
        <NumberField label={t("investments.price")} name="price" />
      </div>
    </FormDialog>
  );
}

export function NewRateDialog({ currency, ...dialog }: DialogProps & { currency: string | undefined }) {
  const { t } = useI18n();
  return (
    <FormDialog
      title={t("investments.addRate")}
      submit={t("app.save")}
      send={(values, idempotencyKey) =>
        api.post<Rate>(
          "/rates",
          { base: field(values, "base"), quote: field(values, "quote"), date: field(values, "date"), rate: typedAmount(field(values, "rate")) },
          { idempotencyKey },
        )
      }
      {...dialog}
    >
      <p>{t("investments.rateHint")}</p>
      <div className={styles.fields}>
        <CurrencyField label={t("investments.base")} name="base" />
        <CurrencyField label={t("investments.quote")} name="quote" defaultValue={currency} />
        <TextField label={t("investments.date")} name="date" type="date" defaultValue={today()} />
        <NumberField label={t("investments.rate")} name="rate" />
      </div>
    </FormDialog>
  );
}
