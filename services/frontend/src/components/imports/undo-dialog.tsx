"use client";

import { useCallback, useEffect, useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CheckboxField } from "@/components/ui/field";
import { ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { Problem, Result } from "@/lib/api/problem";
import type { ImportDetails } from "@/lib/api/schema";
import { useI18n } from "#i18n";

const TIMEOUT_MS = 300_000;
const CHANGED_MEANWHILE = [409, 412];

interface UndoDialogProps {
  id: string;
  filename: string;
  onDone: () => void;
  onClose: () => void;
}

/** Says what would vanish. What was changed since goes too only when that is asked for. */
export function UndoDialog({ id, filename, onDone, onClose }: UndoDialogProps) {
  const { t } = useI18n();
  const path = `/imports/${id}`;
  const [opened, setOpened] = useState<{ found: ImportDetails; etag: string | undefined }>();
  const [problem, setProblem] = useState<Problem>();
  const [withChanges, setWithChanges] = useState(false);

  const open = useCallback((result: Result<ImportDetails>) => {
    if (result.ok) setOpened({ found: result.data, etag: result.etag });
    else setProblem(result.problem);
  }, []);

  useEffect(() => {
    void api.get<ImportDetails>(path).then(open);
  }, [open, path]);

  async function undo(): Promise<Result<undefined>> {
    const result = await api.delete(withChanges ? `${path}?with_changes=true` : path, undefined, { etag: opened?.etag, timeoutMs: TIMEOUT_MS });
    if (!result.ok && CHANGED_MEANWHILE.includes(result.problem.status)) open(await api.get(path));
    return result;
  }

  const found = opened?.found;
  return (
    <ConfirmDialog title={t("imports.undoTitle", { name: filename })} action={t("imports.undoConfirm")} run={undo} onDone={onDone} onClose={onClose}>
      {!found && !problem && <p role="status">{t("app.loading")}</p>}
      <ProblemNotice problem={problem} />
      {found && (
        <>
          <p>{t("imports.undoDetail", { count: found.transactions, account: found.account_name })}</p>
          {found.changed > 0 && (
            <CheckboxField
              label={t("imports.undoChanged", { count: found.changed })}
              hint={t("imports.undoChangedHint")}
              checked={withChanges}
              onChange={(event) => setWithChanges(event.target.checked)}
            />
          )}
        </>
      )}
    </ConfirmDialog>
  );
}
