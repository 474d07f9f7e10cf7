import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EditDialog } from "@/components/ui/edit-dialog";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { api } from "@/lib/api/browser";
import type { Tag } from "@/lib/api/schema";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";

interface DialogProps {
  onClose: () => void;
  onDone: () => void;
}

const read = (values: FormData) => ({ name: field(values, "name") });

function TagName({ name }: { name?: string }) {
  const { t } = useI18n();
  return <TextField label={t("categories.tagName")} name="name" maxLength={50} autoComplete="off" dir="auto" defaultValue={name} />;
}

export function AddTag({ onClose, onDone }: DialogProps) {
  const { t } = useI18n();
  return (
    <FormDialog<Tag>
      title={t("categories.addTag")}
      submit={t("app.save")}
      send={(values, idempotencyKey) => api.post("/tags", read(values), { idempotencyKey })}
      onDone={onDone}
      onClose={onClose}
    >
      <TagName />
    </FormDialog>
  );
}

export function EditTag({ tag, onClose, onDone }: DialogProps & { tag: Tag }) {
  const { t } = useI18n();
  const [deleting, setDeleting] = useState(false);
  const path = `/tags/${tag.id}`;
  if (deleting) {
    return (
      <ConfirmDialog title={t("categories.deleteTitle", { name: tag.name })} action={t("app.delete")} run={() => api.delete(path)} onDone={onDone} onClose={onClose}>
        <p>{t("categories.deleteTagDetail", { count: tag.transactions })}</p>
      </ConfirmDialog>
    );
  }
  return (
    <EditDialog<Tag> title={t("categories.editTag")} path={path} read={read} onSaved={onDone} onClose={onClose}>
      {({ name }) => (
        <>
          <TagName name={name} />
          <div>
            <Button variant="quiet" onClick={() => setDeleting(true)}>
              {t("categories.deleteTag")}
            </Button>
          </div>
        </>
      )}
    </EditDialog>
  );
}
