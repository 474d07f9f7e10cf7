import type { ComponentProps } from "react";
import { useI18n } from "#i18n";
import { SelectField } from "@/components/ui/field";
import { CURRENCIES } from "@/lib/currencies";

/** Offers the usual currencies, and the one that it begins with. */
export function CurrencyField({ name = "currency", ...select }: Omit<ComponentProps<typeof SelectField>, "children">) {
  const { currencyName } = useI18n();
  const codes = new Set<string>(CURRENCIES);
  if (select.defaultValue) codes.add(String(select.defaultValue));
  return (
    <SelectField {...select} name={name}>
      {[...codes].map((code) => (
        <option key={code} value={code}>
          {code} · {currencyName(code)}
        </option>
      ))}
    </SelectField>
  );
}
