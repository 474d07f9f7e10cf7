import { useRouter } from "next/navigation";
import { TextField } from "@/components/ui/field";
import { Button } from "@/components/ui/button";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { api } from "@/lib/api/browser";
import type { ImportProfile, Mapping, ProfileName } from "@/lib/api/schema";
import { useAction } from "@/lib/use-action";
import { field } from "@/lib/use-submit";
import { useState } from "react";
import { useI18n } from "#i18n";
import styles from "./mapping-editor.module.css";

interface SaveProfileProps {
  mapping: Mapping;
  header: string[];
  /** The one that the mapping began as. */
  profile: ProfileName | undefined;
}

/** Keeps a mapping that has proved right for the next file with the same header. */
export function SaveProfile({ mapping, header, profile }: SaveProfileProps) {
  const { t } = useI18n();
  const router = useRouter();
  const { busy, problem, act } = useAction();
  const [saved, setSaved] = useState<ImportProfile>();

  function done(kept: ImportProfile) {
    setSaved(kept);
    router.refresh();
  }

  return (
    <form
      method="post"
      className={styles.save}
      onSubmit={(event) => {
        event.preventDefault();
        setSaved(undefined);
        const name = field(new FormData(event.currentTarget), "name");
        void act(() => api.post<ImportProfile>("/import-profiles", { name, header, mapping }), done);
      }}
    >
      <TextField label={t("imports.profileName")} hint={t(header.length > 0 ? "imports.profileNameHint" : "imports.profileNameHintBare")} name="name" maxLength={100} dir="auto" autoComplete="off" />
      <ProblemNotice problem={problem} />
      {saved && <Notice tone="success">{t("imports.profileSaved", { name: saved.name })}</Notice>}
      <div className={styles.buttons}>
        <SubmitButton label={t("imports.profileSave")} busyLabel={t("app.saving")} busy={busy} />
        {profile && (
          <Button
            variant="secondary"
            disabled={busy}
            onClick={() => {
              setSaved(undefined);
              void act(() => api.patch<ImportProfile>(`/import-profiles/${profile.id}`, { header, mapping }), done);
            }}
          >
            {t("imports.profileUpdate", { name: profile.name })}
          </Button>
        )}
      </div>
    </form>
  );
}
