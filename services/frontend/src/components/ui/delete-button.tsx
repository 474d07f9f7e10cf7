"use client";

import { lazy } from "react";
import { DialogButton } from "@/components/ui/dialog-button";
import { api } from "@/lib/api/browser";
import { useI18n } from "#i18n";

const ConfirmDialog = lazy(() => import("@/components/ui/confirm-dialog").then((module) => ({ default: module.ConfirmDialog<undefined> })));

interface DeleteButtonProps {
  path: string;
  /** Asks, and names what would be deleted. */
  title: string;
  /** What goes with it, and that it can't be undone. */
  detail: string;
}

export function DeleteButton({ path, title, detail }: DeleteButtonProps) {
  const { t } = useI18n();
  return (
    <DialogButton label={t("app.delete")} name={title}>
      {({ onClose, onDone }) => (
        <ConfirmDialog title={title} action={t("app.delete")} run={() => api.delete(path)} onDone={onDone} onClose={onClose}>
          <p>{detail}</p>
        </ConfirmDialog>
      )}
    </DialogButton>
  );
}
