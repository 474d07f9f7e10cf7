import Link from "next/link";
import { AddCategoryButton, EditCategoryButton } from "@/components/categories/category-buttons";
import { Swatch } from "@/components/categories/swatch";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import type { Category } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./categories.module.css";

const KINDS = ["expense", "income"] as const;
const HAS_EMOJI = /\p{Extended_Pictographic}/u;

export function CategoryTrees({ categories }: { categories: Category[] }) {
  const { t } = useI18n();
  if (categories.length === 0) {
    return (
      <Panel>
        <EmptyState title={t("categories.none")} detail={t("categories.noneDetail")}>
          <AddCategoryButton categories={categories} />
        </EmptyState>
      </Panel>
    );
  }
  return (
    <div className={styles.trees}>
      {KINDS.map((kind) => ({ kind, ofKind: categories.filter((category) => category.kind === kind) }))
        .filter(({ ofKind }) => ofKind.length > 0)
        .map(({ kind, ofKind }) => (
          <Panel key={kind} title={t(`categories.${kind}`)}>
            <Tree all={categories} categories={ofKind} parentId={null} />
          </Panel>
        ))}
    </div>
  );
}

function Tree({ all, categories, parentId }: { all: Category[]; categories: Category[]; parentId: string | null }) {
  const children = categories.filter((category) => category.parent_id === parentId);
  if (children.length === 0) return null;
  return (
    <ul className={parentId === null ? undefined : styles.below}>
      {children.map((category) => (
        <li key={category.id}>
          <div className={styles.row}>
            <Swatch color={category.color} />
            <Link href={{ pathname: "/transactions", query: { category_id: category.id } }} className={styles.name}>
              {category.icon && HAS_EMOJI.test(category.icon) && <span aria-hidden>{category.icon} </span>}
              <bdi>{category.name}</bdi>
            </Link>
            <EditCategoryButton category={category} categories={all} />
          </div>
          <Tree all={all} categories={categories} parentId={category.id} />
        </li>
      ))}
    </ul>
  );
}
