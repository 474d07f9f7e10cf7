"use client";

import { type ReactNode, type SubmitEvent, useCallback, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { api } from "@/lib/api/browser";
import type { Problem, Result } from "@/lib/api/problem";
import { useI18n } from "#i18n";

interface EditDialogProps<T, Change extends object> {
  title: string;
  /** Of one row: it is read with GET and changed with PATCH. */
  path: string;
  /** The change, from what was typed. */
  read: (values: FormData, row: T) => Change;
  /** Where a change takes more than one PATCH. */
  write?: (change: Change, row: T, etag: string | undefined) => Promise<Result<T>>;
  onSaved: (row: T) => void;
  onClose: () => void;
  /** The fields, with the row's values as their defaults. */
  children: (row: T) => ReactNode;
}

interface Opened<T> {
  row: T;
  etag: string | undefined;
}

/** Changes one row as it is now; what was changed elsewhere since it was opened is never overwritten without a question. */
export function EditDialog<T, Change extends object = object>({ title, path, read, write, onSaved, onClose, children }: EditDialogProps<T, Change>) {
  const { t } = useI18n();
  const [opened, setOpened] = useState<Opened<T>>();
  const [version, setVersion] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [refused, setRefused] = useState<Change>();

  const open = useCallback((result: Result<T>) => {
    if (result.ok) setOpened({ row: result.data, etag: result.etag });
    else setProblem(result.problem);
  }, []);

  useEffect(() => {
    void api.get<T>(path).then(open);
  }, [open, path]);

  async function send(change: Change, { row, etag }: Opened<T>) {
    setBusy(true);
    setProblem(undefined);
    setRefused(undefined);
    const result = await (write ? write(change, row, etag) : api.patch<T>(path, change, { etag }));
    setBusy(false);
    if (result.ok) onSaved(result.data);
    else if (result.problem.status === 412) setRefused(change);
    else setProblem(result.problem);
  }

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (opened) void send(read(new FormData(event.currentTarget), opened.row), opened);
  }

  async function overwrite(change: Change) {
    const now = await api.get<T>(path);
    if (now.ok) await send(change, { row: now.data, etag: now.etag });
    else setProblem(now.problem);
  }

  async function showCurrent() {
    open(await api.get<T>(path));
    setRefused(undefined);
    setVersion(version + 1);
  }

  return (
    <Dialog title={title} onClose={onClose}>
      {!opened && !problem && <p role="status">{t("app.loading")}</p>}
      {opened && (
        <Form key={version} problem={problem} onSubmit={onSubmit}>
          {children(opened.row)}
          <ProblemNotice problem={problem} />
          {refused ? (
            <>
              <Notice tone="error">{t("app.staleDetail")}</Notice>
              <DialogActions>
                <Button variant="secondary" disabled={busy} onClick={showCurrent}>
                  {t("app.staleShow")}
                </Button>
                <Button variant="danger" disabled={busy} onClick={() => overwrite(refused)}>
                  {t("app.staleOverwrite")}
                </Button>
              </DialogActions>
            </>
          ) : (
            <DialogActions>
              <Button variant="secondary" onClick={onClose}>
                {t("app.cancel")}
              </Button>
              <SubmitButton label={t("app.save")} busyLabel={t("app.saving")} busy={busy} />
            </DialogActions>
          )}
        </Form>
      )}
      {!opened && <ProblemNotice problem={problem} />}
    </Dialog>
  );
}
