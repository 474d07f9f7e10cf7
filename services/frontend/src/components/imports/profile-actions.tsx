"use client";

import { lazy } from "react";
import { DeleteButton } from "@/components/ui/delete-button";
import { DialogButton } from "@/components/ui/dialog-button";
import { useI18n } from "#i18n";
import styles from "./import-history.module.css";

const RenameDialog = lazy(() => import("@/components/imports/rename-dialog").then((module) => ({ default: module.RenameDialog })));

export function ProfileActions({ id, name }: { id: string; name: string }) {
  const { t } = useI18n();
  return (
    <div className={styles.actions}>
      <DialogButton label={t("imports.profileRename")} name={t("imports.profileRenameOf", { name })}>
        {({ onClose, onDone }) => <RenameDialog id={id} onSaved={onDone} onClose={onClose} />}
      </DialogButton>
      <DeleteButton path={`/import-profiles/${id}`} title={t("imports.profileDelete", { name })} detail={t("imports.profileDeleteDetail")} />
    </div>
  );
}
