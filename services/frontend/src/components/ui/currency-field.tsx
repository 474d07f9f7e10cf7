import { useI18n } from "#i18n";
import { SelectField } from "@/components/ui/field";
import { CURRENCIES } from "@/lib/currencies";

interface CurrencyFieldProps {
  label: string;
  hint?: string;
  defaultValue?: string | undefined;
}

/** Offers the usual ones, and the one that is chosen already. */
export function CurrencyField({ label, hint, defaultValue = CURRENCIES[0] }: CurrencyFieldProps) {
  const { currencyName } = useI18n();
  return (
    <SelectField label={label} {...(hint && { hint })} name="currency" defaultValue={defaultValue}>
      {[...new Set<string>([...CURRENCIES, defaultValue])].map((code) => (
        <option key={code} value={code}>
          {code} · {currencyName(code)}
        </option>
      ))}
    </SelectField>
  );
}
