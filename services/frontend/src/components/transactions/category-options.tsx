import { branches } from "@/components/categories/tree";
import type { Category, CategoryKind } from "@/lib/api/schema";
import { useI18n } from "#i18n";

// Options can't be indented otherwise; such spaces aren't collapsed.
const INDENT = "\u2003";

/** All categories by their kind, the likelier kind first, those below another one indented. */
export function CategoryOptions({ categories, first = "expense" }: { categories: readonly Category[]; first?: CategoryKind }) {
  const { t } = useI18n();
  const kinds: CategoryKind[] = first === "expense" ? ["expense", "income"] : ["income", "expense"];
  return kinds.map((kind) => (
    <optgroup key={kind} label={t(`transactions.${kind}`)}>
      {branches(categories)
        .filter(({ category }) => category.kind === kind)
        .map(({ category, depth }) => (
          <option key={category.id} value={category.id}>
            {INDENT.repeat(depth)}
            {category.name}
          </option>
        ))}
    </optgroup>
  ));
}
