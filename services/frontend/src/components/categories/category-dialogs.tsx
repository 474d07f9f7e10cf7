import { useState } from "react";
import { CategoryFields, readCategory, TreeOptions } from "@/components/categories/category-fields";
import { idsBelow } from "@/components/categories/tree";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EditDialog } from "@/components/ui/edit-dialog";
import { SelectField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { api } from "@/lib/api/browser";
import type { Category } from "@/lib/api/schema";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "./categories.module.css";

interface DialogProps {
  categories: Category[];
  onClose: () => void;
  onDone: () => void;
}

export function AddCategory({ categories, onClose, onDone }: DialogProps) {
  const { t } = useI18n();
  return (
    <FormDialog<Category>
      title={t("categories.add")}
      submit={t("app.save")}
      send={(values, idempotencyKey) => api.post("/categories", readCategory(values), { idempotencyKey })}
      onDone={onDone}
      onClose={onClose}
    >
      <CategoryFields categories={categories} />
    </FormDialog>
  );
}

/** Changes a category; from there it can be merged or deleted, too. */
export function EditCategory({ category, categories, onClose, onDone }: DialogProps & { category: Category }) {
  const { t } = useI18n();
  const [step, setStep] = useState<"edit" | "merge" | "delete">("edit");
  const path = `/categories/${category.id}`;
  const own = idsBelow(categories, category.id);
  const others = categories.filter(({ id, kind }) => kind === category.kind && !own.has(id));
  if (step === "merge") {
    return (
      <FormDialog<Category>
        title={t("categories.mergeTitle", { name: category.name })}
        submit={t("categories.merge")}
        send={(values, idempotencyKey) => api.post(`${path}/merge`, { into_id: field(values, "into_id") }, { idempotencyKey })}
        onDone={onDone}
        onClose={onClose}
      >
        <SelectField label={t("categories.mergeInto")} name="into_id">
          <TreeOptions categories={others} />
        </SelectField>
        <p>{t("categories.mergeDetail", { name: category.name })}</p>
      </FormDialog>
    );
  }
  if (step === "delete") {
    return (
      <ConfirmDialog title={t("categories.deleteTitle", { name: category.name })} action={t("app.delete")} run={() => api.delete(path)} onDone={onDone} onClose={onClose}>
        <p>{t("categories.deleteDetail")}</p>
      </ConfirmDialog>
    );
  }
  return (
    <EditDialog<Category> title={t("categories.edit")} path={path} read={readCategory} onSaved={onDone} onClose={onClose}>
      {(row) => (
        <>
          <CategoryFields categories={categories} category={row} />
          <div className={styles.buttons}>
            {others.length > 0 && (
              <Button variant="quiet" onClick={() => setStep("merge")}>
                {t("categories.mergeOffer")}
              </Button>
            )}
            <Button variant="quiet" onClick={() => setStep("delete")}>
              {t("categories.delete")}
            </Button>
          </div>
        </>
      )}
    </EditDialog>
  );
}
