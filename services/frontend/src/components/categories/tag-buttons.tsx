"use client";

import { lazy } from "react";
import { DialogButton } from "@/components/ui/dialog-button";
import type { Tag } from "@/lib/api/schema";
import { useI18n } from "#i18n";

const AddTag = lazy(() => import("@/components/categories/tag-dialogs").then(({ AddTag }) => ({ default: AddTag })));
const EditTag = lazy(() => import("@/components/categories/tag-dialogs").then(({ EditTag }) => ({ default: EditTag })));

export function AddTagButton() {
  const { t } = useI18n();
  return (
    <DialogButton variant="primary" label={t("categories.addTag")}>
      {(dialog) => <AddTag {...dialog} />}
    </DialogButton>
  );
}

export function EditTagButton({ tag }: { tag: Tag }) {
  const { t } = useI18n();
  return (
    <DialogButton label={t("app.edit")} name={t("categories.editOf", { name: tag.name })}>
      {(dialog) => <EditTag tag={tag} {...dialog} />}
    </DialogButton>
  );
}
