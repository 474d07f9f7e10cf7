"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Result } from "@/lib/api/problem";
import { randomHex } from "@/lib/trace";
import { useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";

interface FormDialogProps<T> {
  title: string;
  submit: string;
  /** The key makes it safe to send the same again after an answer was lost. */
  send: (values: FormData, idempotencyKey: string) => Promise<Result<T>>;
  onDone: (data: T) => void;
  onClose: () => void;
  children: ReactNode;
}

/** Adds something. Refused, it stays open with all that was typed, and says at each field what the API says of it. */
export function FormDialog<T>({ title, submit, send, onDone, onClose, children }: FormDialogProps<T>) {
  const { t } = useI18n();
  // Not randomUUID, which browsers keep from pages that come over plain HTTP.
  const [key] = useState(() => randomHex(16));
  const { busy, problem, onSubmit } = useSubmit((values) => send(values, key), onDone);

  return (
    <Dialog title={title} onClose={onClose}>
      <Form problem={problem} onSubmit={onSubmit}>
        {children}
        <ProblemNotice problem={problem} />
        <DialogActions>
          <Button variant="secondary" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <SubmitButton label={submit} busyLabel={t("app.saving")} busy={busy} />
        </DialogActions>
      </Form>
    </Dialog>
  );
}
