"use client";

import { useState } from "react";
import { PasswordField } from "@/components/auth/password-field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import { signInPath } from "@/lib/return-path";
import { useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";

/** Wants the address typed and the password, so that neither a slip nor an open screen is enough. */
export function DeleteAccountDialog({ email, onClose }: { email: string; onClose: () => void }) {
  const { t } = useI18n();
  const [typed, setTyped] = useState("");
  const { busy, problem, onSubmit } = useSubmit(
    (values) => api.delete("/auth/me", { password: values.get("password") }),
    // A full load, so that nothing of this user stays in the page's memory.
    () => window.location.assign(signInPath()),
  );
  return (
    <Dialog title={t("settings.deleteTitle")} onClose={onClose}>
      <p>{t("settings.deleteDetail")}</p>
      <Form problem={problem} onSubmit={onSubmit}>
        <TextField
          label={t("settings.deleteConfirm", { email })}
          type="email"
          dir="ltr"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <PasswordField label={t("settings.deletePassword")} name="password" autoComplete="current-password" />
        <ProblemNotice problem={problem} />
        <DialogActions>
          <Button variant="secondary" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" variant="danger" disabled={busy || typed.trim().toLowerCase() !== email}>
            {t(busy ? "app.working" : "settings.deleteForever")}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
