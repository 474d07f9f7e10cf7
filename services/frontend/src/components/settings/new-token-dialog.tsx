"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { CheckboxField, SelectField, TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { MadeToken } from "@/lib/api/schema";
import { field, useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "./new-token-dialog.module.css";

const SCOPES = ["read", "write", "import"] as const;
const DAYS = [7, 30, 90, 365] as const;
const USUAL_DAYS = 90;

/** The token is in this dialog's memory only, and gone when it closes. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [scopes, setScopes] = useState<readonly string[]>(["read"]);
  const [made, setMade] = useState<MadeToken>();
  const { busy, problem, onSubmit } = useSubmit(
    (values) => api.post<MadeToken>("/auth/tokens", { name: field(values, "name"), scopes, days: Number(values.get("days")) }),
    setMade,
  );
  if (made) return <ShownOnce token={made.token} onClose={onClose} />;
  return (
    <Dialog title={t("settings.newToken")} onClose={onClose}>
      <Form problem={problem} onSubmit={onSubmit}>
        <TextField label={t("settings.tokenName")} hint={t("settings.tokenNameHint")} name="name" maxLength={100} autoComplete="off" dir="auto" />
        <fieldset>
          <legend className={styles.legend}>{t("settings.scopes")}</legend>
          {SCOPES.map((scope) => (
            <CheckboxField
              key={scope}
              label={t(`settings.scope.${scope}`)}
              checked={scopes.includes(scope)}
              onChange={({ target }) => setScopes(SCOPES.filter((one) => (one === scope ? target.checked : scopes.includes(one))))}
            />
          ))}
        </fieldset>
        <SelectField label={t("settings.days")} name="days" defaultValue={USUAL_DAYS}>
          {DAYS.map((days) => (
            <option key={days} value={days}>
              {t("settings.daysCount", { count: days })}
            </option>
          ))}
        </SelectField>
        {scopes.length === 0 && <Notice tone="error">{t("settings.noScope")}</Notice>}
        <ProblemNotice problem={problem} />
        <DialogActions>
          <Button variant="secondary" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" disabled={busy || scopes.length === 0}>
            {t(busy ? "app.working" : "settings.makeToken")}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function ShownOnce({ token, onClose }: { token: string; onClose: () => void }) {
  const { t } = useI18n();
  const router = useRouter();
  const text = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState<boolean>();

  async function copy() {
    if (text.current) window.getSelection()?.selectAllChildren(text.current);
    // Browsers keep the clipboard from pages that came over plain HTTP from another machine.
    setCopied(await (navigator.clipboard?.writeText(token).then(() => true, () => false) ?? false));
  }

  function close() {
    onClose();
    router.refresh();
  }

  return (
    <Dialog title={t("settings.newToken")} onClose={close}>
      <Notice tone="info">{t("settings.tokenMade")}</Notice>
      <code ref={text} dir="ltr" className={styles.token}>
        {token}
      </code>
      <p role="status">{copied !== undefined && t(copied ? "settings.copied" : "settings.copyYourself")}</p>
      <DialogActions>
        <Button variant="secondary" onClick={copy}>
          {t("settings.copy")}
        </Button>
        <Button onClick={close}>{t("settings.done")}</Button>
      </DialogActions>
    </Dialog>
  );
}
