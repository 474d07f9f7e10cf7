"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { PasswordField } from "@/components/auth/password-field";
import { Form } from "@/components/ui/form";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { api } from "@/lib/api/browser";
import { useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "@/components/ui/form-grid.module.css";

export function PasswordForm({ email }: { email: string }) {
  const { t } = useI18n();
  const router = useRouter();
  const [changed, setChanged] = useState(false);
  const { busy, problem, onSubmit } = useSubmit(
    (values) => {
      setChanged(false);
      return api.post("/auth/password", { current_password: values.get("current_password"), new_password: values.get("new_password") });
    },
    (_, form) => {
      setChanged(true);
      form.reset();
      router.refresh();
    },
  );
  return (
    <Form problem={problem} onSubmit={onSubmit}>
      {/* Tells password managers whose password it is. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <div className={styles.fields}>
        <PasswordField label={t("settings.currentPassword")} name="current_password" autoComplete="current-password" />
        <PasswordField label={t("settings.newPassword")} hint={t("auth.passwordHint")} name="new_password" autoComplete="new-password" />
      </div>
      <ProblemNotice problem={problem} />
      {changed && <Notice tone="success">{t("settings.passwordChanged")}</Notice>}
      <div>
        <SubmitButton label={t("settings.changePassword")} busyLabel={t("app.saving")} busy={busy} />
      </div>
    </Form>
  );
}
