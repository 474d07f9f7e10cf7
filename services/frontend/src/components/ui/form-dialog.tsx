"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Result } from "@/lib/api/problem";
import { randomHex } from "@/lib/trace";
import { useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "@/components/ui/form-grid.module.css";

interface FormDialogProps<T> {
  title: string;
  submit: string;
  /** The key makes it safe to send the same again after an answer was lost. */
  send: (values: FormData, idempotencyKey: string) => Promise<Result<T>>;
  onDone: (data: T) => void;
  onClose: () => void;
  children: ReactNode;
}

/** Adds something. Refused, it stays open with all that was typed, and points at the fields that the API names. */
export function FormDialog<T>({ title, submit, send, onDone, onClose, children }: FormDialogProps<T>) {
  const { t } = useI18n();
  const form = useRef<HTMLFormElement>(null);
  // Not randomUUID, which browsers keep from pages that come over plain HTTP.
  const [key] = useState(() => randomHex(16));
  const { busy, problem, onSubmit } = useSubmit((values) => send(values, key), onDone);

  useEffect(() => {
    const refused = (problem?.errors ?? []).map(({ field }) => form.current?.elements.namedItem(field)).filter((control) => control instanceof HTMLElement);
    for (const control of refused) control.setAttribute("aria-invalid", "true");
    refused[0]?.focus();
    return () => refused.forEach((control) => control.removeAttribute("aria-invalid"));
  }, [problem]);

  return (
    <Dialog title={title} onClose={onClose}>
      <form ref={form} method="post" onSubmit={onSubmit} className={styles.form}>
        {children}
        <ProblemNotice problem={problem} />
        <DialogActions>
          <Button variant="secondary" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <SubmitButton label={submit} busyLabel={t("app.saving")} busy={busy} />
        </DialogActions>
      </form>
    </Dialog>
  );
}
