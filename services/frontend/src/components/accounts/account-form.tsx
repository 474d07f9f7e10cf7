"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { CurrencyField } from "@/components/ui/currency-field";
import { SelectField, TextField } from "@/components/ui/field";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { api } from "@/lib/api/browser";
import type { Account, AccountKind } from "@/lib/api/schema";
import { parseAmount } from "@/lib/money";
import { field, useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "@/components/ui/form-grid.module.css";

const ACCOUNT_KINDS: AccountKind[] = ["bank", "card", "savings", "cash", "loan", "investment"];

export function AccountForm({ currency }: { currency: string | undefined }) {
  const { t } = useI18n();
  const router = useRouter();
  const [created, setCreated] = useState<Account>();
  const { busy, problem, onSubmit } = useSubmit(
    (values) => {
      setCreated(undefined);
      return api.post<Account>("/accounts", {
        name: field(values, "name"),
        kind: field(values, "kind"),
        currency: field(values, "currency"),
        // What can't be read as a number goes to the API as typed: it knows best what is wrong with it.
        opening_balance: parseAmount(field(values, "opening_balance")) ?? field(values, "opening_balance"),
      });
    },
    (account, form) => {
      setCreated(account);
      form.reset();
      router.refresh();
    },
  );
  return (
    <form method="post" onSubmit={onSubmit} className={styles.form}>
      <div className={styles.fields}>
        <TextField label={t("accounts.name")} hint={t("accounts.nameHint")} name="name" maxLength={100} autoComplete="off" />
        <SelectField label={t("accounts.kind")} name="kind">
          {ACCOUNT_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`accounts.kind.${kind}`)}
            </option>
          ))}
        </SelectField>
        <CurrencyField label={t("accounts.currency")} defaultValue={currency} />
        <TextField label={t("accounts.opening")} name="opening_balance" inputMode="decimal" defaultValue="0.00" autoComplete="off" />
      </div>
      <ProblemNotice problem={problem} />
      {created && <Notice tone="success">{t("accounts.created", { name: created.name })}</Notice>}
      <div>
        <SubmitButton label={t("accounts.create")} busyLabel={t("accounts.creating")} busy={busy} />
      </div>
    </form>
  );
}
