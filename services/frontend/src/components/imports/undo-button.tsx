"use client";

import { lazy } from "react";
import { DialogButton } from "@/components/ui/dialog-button";
import { useI18n } from "#i18n";

const UndoDialog = lazy(() => import("@/components/imports/undo-dialog").then((module) => ({ default: module.UndoDialog })));

export function UndoButton({ id, filename }: { id: string; filename: string }) {
  const { t } = useI18n();
  return (
    <DialogButton label={t("imports.undo")} name={t("imports.undoOf", { name: filename })}>
      {({ onClose, onDone }) => <UndoDialog id={id} filename={filename} onDone={onDone} onClose={onClose} />}
    </DialogButton>
  );
}
