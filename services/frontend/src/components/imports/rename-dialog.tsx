"use client";

import { EditDialog } from "@/components/ui/edit-dialog";
import { TextField } from "@/components/ui/field";
import type { ImportProfile } from "@/lib/api/schema";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";

export function RenameDialog({ id, onSaved, onClose }: { id: string; onSaved: () => void; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <EditDialog<ImportProfile>
      title={t("imports.profileRename")}
      path={`/import-profiles/${id}`}
      read={(values) => ({ name: field(values, "name") })}
      onSaved={onSaved}
      onClose={onClose}
    >
      {(profile) => <TextField label={t("imports.profileName")} name="name" defaultValue={profile.name} maxLength={100} dir="auto" autoComplete="off" />}
    </EditDialog>
  );
}
