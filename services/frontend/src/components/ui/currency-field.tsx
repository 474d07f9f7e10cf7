import { SelectField } from "@/components/ui/field";
import { CURRENCIES } from "@/lib/currencies";
import { LOCALE } from "@/lib/i18n";

const names = new Intl.DisplayNames(LOCALE, { type: "currency" });

export function CurrencyField({ label, defaultValue = CURRENCIES[0] }: { label: string; defaultValue?: string | undefined }) {
  return (
    <SelectField label={label} name="currency" defaultValue={defaultValue}>
      {CURRENCIES.map((code) => (
        <option key={code} value={code}>
          {code} · {names.of(code)}
        </option>
      ))}
    </SelectField>
  );
}
