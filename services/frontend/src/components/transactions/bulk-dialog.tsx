import { CategoryOptions } from "@/components/transactions/category-options";
import type { Lists } from "@/components/transactions/lists";
import { TagsField } from "@/components/transactions/tags-field";
import { SelectField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { api } from "@/lib/api/browser";
import type { BulkResult, Transaction } from "@/lib/api/schema";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import grid from "@/components/ui/form-grid.module.css";
import styles from "./fields.module.css";

const NO_CATEGORY = "none";

function readChange(values: FormData, rows: Transaction[]): object {
  const category = field(values, "category_id");
  const status = field(values, "status");
  const names = (name: string) => values.getAll(name).map((value) => String(value).trim()).filter(Boolean);
  return {
    ids: rows.map(({ id }) => id),
    ...(category && { category_id: category === NO_CATEGORY ? null : category }),
    ...(status && { status }),
    add_tags: names("add_tags"),
    remove_tags: names("remove_tags"),
  };
}

interface BulkDialogProps {
  rows: Transaction[];
  lists: Lists;
  onClose: () => void;
  onDone: (message: string) => void;
}

/** One change for all of the rows: the API makes it for each of them, or for none. */
export function BulkDialog({ rows, lists, onClose, onDone }: BulkDialogProps) {
  const { t } = useI18n();
  const takesCategory = rows.every(({ kind, splits }) => kind === "standard" && splits.length === 0);
  const worn = [...new Set(rows.flatMap(({ tags }) => tags))];
  return (
    <FormDialog<BulkResult>
      title={t("transactions.bulkTitle", { count: rows.length })}
      submit={t("app.save")}
      send={(values, idempotencyKey) => api.post("/transactions/bulk", readChange(values, rows), { idempotencyKey })}
      onDone={({ transactions }) => onDone(t("transactions.bulkDone", { count: transactions }))}
      onClose={onClose}
    >
      <div className={grid.fields}>
        {takesCategory && (
          <SelectField label={t("transactions.category")} name="category_id">
            <option value="">{t("transactions.leave")}</option>
            <option value={NO_CATEGORY}>{t("transactions.noCategory")}</option>
            <CategoryOptions categories={lists.categories} />
          </SelectField>
        )}
        <SelectField label={t("transactions.status")} name="status">
          <option value="">{t("transactions.leave")}</option>
          <option value="pending">{t("transactions.status.pending")}</option>
          <option value="cleared">{t("transactions.status.cleared")}</option>
          <option value="reconciled">{t("transactions.status.reconciled")}</option>
        </SelectField>
      </div>
      {!takesCategory && <p className={styles.soft}>{t("transactions.bulkNoCategory")}</p>}
      <TagsField name="add_tags" label={t("transactions.addTags")} known={lists.tags} />
      {worn.length > 0 && (
        <fieldset>
          <legend>{t("transactions.removeTags")}</legend>
          <div className={styles.buttons}>
            {worn.map((tag) => (
              <label key={tag} className={styles.choice}>
                <input type="checkbox" name="remove_tags" value={tag} /> <bdi>{tag}</bdi>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </FormDialog>
  );
}
