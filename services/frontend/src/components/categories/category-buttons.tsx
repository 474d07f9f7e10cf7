"use client";

import { lazy } from "react";
import { DialogButton } from "@/components/ui/dialog-button";
import type { Category } from "@/lib/api/schema";
import { useI18n } from "#i18n";

const AddCategory = lazy(() => import("@/components/categories/category-dialogs").then(({ AddCategory }) => ({ default: AddCategory })));
const EditCategory = lazy(() => import("@/components/categories/category-dialogs").then(({ EditCategory }) => ({ default: EditCategory })));

export function AddCategoryButton({ categories }: { categories: Category[] }) {
  const { t } = useI18n();
  return (
    <DialogButton variant="primary" label={t("categories.add")}>
      {(dialog) => <AddCategory categories={categories} {...dialog} />}
    </DialogButton>
  );
}

export function EditCategoryButton({ category, categories }: { category: Category; categories: Category[] }) {
  const { t } = useI18n();
  return (
    <DialogButton label={t("app.edit")} name={t("categories.editOf", { name: category.name })}>
      {(dialog) => <EditCategory category={category} categories={categories} {...dialog} />}
    </DialogButton>
  );
}
