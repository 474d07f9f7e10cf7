import { useI18n } from "#i18n";
import { SelectField } from "@/components/ui/field";
import { CURRENCIES } from "@/lib/currencies";

export function CurrencyField({ label, defaultValue = CURRENCIES[0] }: { label: string; defaultValue?: string | undefined }) {
  const { currencyName } = useI18n();
  return (
    <SelectField label={label} name="currency" defaultValue={defaultValue}>
      {CURRENCIES.map((code) => (
        <option key={code} value={code}>
          {code} · {currencyName(code)}
        </option>
      ))}
    </SelectField>
  );
}
