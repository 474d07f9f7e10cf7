import { useState } from "react";
import { COLORS, type ColorName } from "@/components/categories/colors";
import { Swatch } from "@/components/categories/swatch";
import { branches, idsBelow } from "@/components/categories/tree";
import { SelectField, TextField } from "@/components/ui/field";
import type { Category, CategoryKind } from "@/lib/api/schema";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import grid from "@/components/ui/form-grid.module.css";
import styles from "./categories.module.css";

// Options can't be indented otherwise; such spaces aren't collapsed.
const INDENT = "\u2003";

export function TreeOptions({ categories }: { categories: readonly Category[] }) {
  return branches(categories).map(({ category, depth }) => (
    <option key={category.id} value={category.id}>
      {INDENT.repeat(depth)}
      {category.name}
    </option>
  ));
}

interface CategoryFieldsProps {
  categories: Category[];
  /** Without one it is a new category, whose kind is still open. */
  category?: Category;
}

export function CategoryFields({ categories, category }: CategoryFieldsProps) {
  const { t } = useI18n();
  const [kind, setKind] = useState<CategoryKind>(category?.kind ?? "expense");
  const own = category ? idsBelow(categories, category.id) : new Set<string>();
  const parents = categories.filter((one) => one.kind === kind && !own.has(one.id));
  const color = category?.color ?? "";
  const choices = Object.entries(COLORS) as [ColorName, string][];
  return (
    <>
      <div className={grid.fields}>
        <TextField label={t("categories.name")} name="name" maxLength={100} autoComplete="off" dir="auto" defaultValue={category?.name} />
        {!category && (
          <SelectField label={t("categories.kind")} name="kind" value={kind} onChange={(event) => setKind(event.target.value as CategoryKind)}>
            <option value="expense">{t("categories.expense")}</option>
            <option value="income">{t("categories.income")}</option>
          </SelectField>
        )}
        <SelectField label={t("categories.parent")} name="parent_id" defaultValue={category?.parent_id ?? ""}>
          <option value="">{t("categories.noParent")}</option>
          <TreeOptions categories={parents} />
        </SelectField>
        <TextField label={t("categories.icon")} hint={t("categories.iconHint")} name="icon" maxLength={32} autoComplete="off" defaultValue={category?.icon ?? ""} optional />
        <TextField
          label={t("categories.position")}
          hint={t("categories.positionHint")}
          name="position"
          type="number"
          min={0}
          max={1_000_000}
          defaultValue={category?.position ?? 0}
        />
      </div>
      <fieldset>
        <legend className={styles.legend}>{t("categories.color")}</legend>
        <div className={styles.colors}>
          <ColorChoice value="" label={t("categories.noColor")} checked={!color} />
          {choices.map(([name, value]) => (
            <ColorChoice key={name} value={value} label={t(`categories.color.${name}`)} checked={value === color} />
          ))}
          {color && !choices.some(([, value]) => value === color) && <ColorChoice value={color} label={color} checked />}
        </div>
      </fieldset>
    </>
  );
}

function ColorChoice({ value, label, checked }: { value: string; label: string; checked: boolean }) {
  return (
    <label className={styles.color}>
      <input type="radio" name="color" value={value} defaultChecked={checked} />
      <Swatch color={value || null} />
      {label}
    </label>
  );
}

/** The body of a write, from what was typed into `CategoryFields`. */
export function readCategory(values: FormData): object {
  const kind = field(values, "kind");
  return {
    name: field(values, "name"),
    ...(kind && { kind }),
    parent_id: field(values, "parent_id") || null,
    icon: field(values, "icon") || null,
    color: field(values, "color") || null,
    position: Number(field(values, "position")),
  };
}
