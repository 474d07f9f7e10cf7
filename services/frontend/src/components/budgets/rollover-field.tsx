import { SelectField } from "@/components/ui/field";
import type { Rollover } from "@/lib/api/schema";
import { useI18n } from "#i18n";

const ROLLOVERS: Rollover[] = ["none", "leftover", "all"];

export function RolloverField({ value = "none" }: { value?: Rollover }) {
  const { t } = useI18n();
  return (
    <SelectField label={t("budgets.rollover")} hint={t("budgets.rolloverHint")} name="rollover" defaultValue={value}>
      {ROLLOVERS.map((rollover) => (
        <option key={rollover} value={rollover}>
          {t(`budgets.rollover.${rollover}`)}
        </option>
      ))}
    </SelectField>
  );
}
