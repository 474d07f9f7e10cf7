"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ProblemNotice } from "@/components/ui/notice";
import type { Result } from "@/lib/api/problem";
import { useAction } from "@/lib/use-action";
import { useI18n } from "#i18n";

interface ConfirmDialogProps<T> {
  title: string;
  /** What will happen, and whether it can be undone. */
  children: ReactNode;
  action: string;
  run: () => Promise<Result<T>>;
  onDone: (data: T) => void;
  onClose: () => void;
}

/** Asks before something that can't be taken back; stays open and says why when it fails. */
export function ConfirmDialog<T>({ title, children, action, run, onDone, onClose }: ConfirmDialogProps<T>) {
  const { t } = useI18n();
  const { busy, problem, act } = useAction();
  return (
    <Dialog title={title} onClose={onClose}>
      <div>{children}</div>
      <ProblemNotice problem={problem} />
      <DialogActions>
        <Button variant="secondary" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button variant="danger" disabled={busy} onClick={() => act(run, onDone)}>
          {busy ? t("app.working") : action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
