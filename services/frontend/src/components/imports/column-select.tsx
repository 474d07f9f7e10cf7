import { SelectField } from "@/components/ui/field";
import { useI18n } from "#i18n";

interface ColumnSelectProps {
  label: string;
  /** The header, or the first row where there is none. */
  row: readonly string[];
  named: boolean;
  /** The place of the column, counted from 1; "" for none. */
  value: string;
  required?: boolean;
  onChange: (value: string) => void;
}

export function ColumnSelect({ label, row, named, value, required = false, onChange }: ColumnSelectProps) {
  const { t } = useI18n();
  const places = row.map((cell, index) => ({ place: String(index + 1), cell: cell.trim() }));
  // The beginning of the file is still being read, or the row is another one by now.
  if (value && Number(value) > row.length) places.push({ place: value, cell: "" });
  return (
    <SelectField label={label} optional={!required} required={required} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t("imports.noColumn")}</option>
      {places.map(({ place, cell }) => (
        <option key={place} value={place}>
          {named && cell ? cell : t(cell ? "imports.columnLike" : "imports.columnAt", { number: Number(place), cell })}
        </option>
      ))}
    </SelectField>
  );
}
