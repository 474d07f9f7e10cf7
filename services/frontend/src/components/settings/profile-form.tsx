"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { CurrencyField } from "@/components/ui/currency-field";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { api } from "@/lib/api/browser";
import type { Profile } from "@/lib/api/schema";
import { field, useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "@/components/ui/form-grid.module.css";

export function ProfileForm({ profile }: { profile: Profile }) {
  const { t } = useI18n();
  const router = useRouter();
  const [saved, setSaved] = useState(false);
  const { busy, problem, onSubmit } = useSubmit(
    (values) => {
      setSaved(false);
      return api.patch<Profile>("/auth/me", changed(profile, { name: field(values, "name") || null, currency: field(values, "currency") }));
    },
    () => {
      setSaved(true);
      router.refresh();
    },
  );
  return (
    <Form problem={problem} onSubmit={onSubmit}>
      <div className={styles.fields}>
        <TextField label={t("settings.name")} name="name" maxLength={100} defaultValue={profile.name ?? ""} autoComplete="name" dir="auto" optional />
        <CurrencyField label={t("settings.currency")} hint={t("settings.currencyHint")} defaultValue={profile.currency} />
      </div>
      <ProblemNotice problem={problem} />
      {saved && <Notice tone="success">{t("settings.saved")}</Notice>}
      <div>
        <SubmitButton label={t("app.save")} busyLabel={t("app.saving")} busy={busy} />
      </div>
    </Form>
  );
}

/** What stays as it is isn't sent, since another tab may have changed it. */
function changed(profile: Profile, wanted: Pick<Profile, "name" | "currency">): object {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== profile[name as keyof typeof wanted]));
}
