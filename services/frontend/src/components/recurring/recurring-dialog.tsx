"use client";

import { useState } from "react";
import { FrequencyFields } from "@/components/recurring/frequency-fields";
import { readChange, readRecurring } from "@/components/recurring/read-recurring";
import type { Lists } from "@/components/rules/lists";
import { CurrencyField } from "@/components/ui/currency-field";
import { EditDialog } from "@/components/ui/edit-dialog";
import { SelectField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Options } from "@/components/ui/options";
import { api } from "@/lib/api/browser";
import type { Recurring, Suggestion } from "@/lib/api/schema";
import { today } from "@/lib/dates";
import { isNegative, magnitude } from "@/lib/money";
import { useI18n } from "#i18n";
import form from "@/components/ui/form-grid.module.css";

const MAX_NOTICE_DAYS = 30;

interface RecurringDialogProps {
  /** The schedule to change; without one a new one is made. */
  id?: string;
  suggestion?: Suggestion;
  currency: string | undefined;
  lists: Lists;
  onDone: () => void;
  onClose: () => void;
}

export function RecurringDialog({ id, suggestion, currency, lists, onDone, onClose }: RecurringDialogProps) {
  const { t } = useI18n();
  if (id) {
    return (
      <EditDialog<Recurring> title={t("recurring.edit")} path={`/recurring/${id}`} read={readChange} onSaved={onDone} onClose={onClose}>
        {(row) => <RecurringFields given={row} lists={lists} />}
      </EditDialog>
    );
  }
  return (
    <FormDialog<Recurring>
      title={t("recurring.add")}
      submit={t("recurring.save")}
      send={(values, idempotencyKey) => api.post<Recurring>("/recurring", readRecurring(values), { idempotencyKey })}
      onDone={onDone}
      onClose={onClose}
    >
      <RecurringFields given={suggestion} currency={currency} isNew lists={lists} />
    </FormDialog>
  );
}

interface RecurringFieldsProps {
  given: Partial<Recurring> | undefined;
  currency?: string | undefined;
  isNew?: boolean;
  lists: Lists;
}

function RecurringFields({ given, currency, isNew = false, lists }: RecurringFieldsProps) {
  const { t } = useI18n();
  const firstAccount = isNew ? (given?.account_id ?? lists.accounts[0]?.id ?? "") : (given?.account_id ?? "");
  const [accountId, setAccountId] = useState(firstAccount);
  const amount = given?.amount;
  return (
    <>
      <TextField label={t("recurring.name")} hint={t("recurring.nameHint")} name="name" defaultValue={given?.name} maxLength={100} dir="auto" autoComplete="off" />
      <div className={form.fields}>
        <SelectField label={t("recurring.direction")} name="direction" defaultValue={amount && !isNegative(amount) ? "in" : "out"}>
          <option value="out">{t("recurring.direction.out")}</option>
          <option value="in">{t("recurring.direction.in")}</option>
        </SelectField>
        <TextField label={t("recurring.amount")} name="amount" defaultValue={amount && magnitude(amount).amount} inputMode="decimal" autoComplete="off" />
        <SelectField label={t("recurring.account")} name="account_id" value={accountId} onChange={(event) => setAccountId(event.target.value)}>
          <option value="">{t("recurring.account.none")}</option>
          <Options entries={lists.accounts} />
        </SelectField>
        {isNew && !accountId && <CurrencyField label={t("recurring.currency")} defaultValue={amount?.currency ?? currency} />}
        <SelectField label={t("recurring.category")} name="category_id" defaultValue={given?.category_id ?? ""}>
          <option value="">{t("recurring.category.none")}</option>
          <Options entries={lists.categories} />
        </SelectField>
      </div>
      <FrequencyFields rule={given?.rule} startDate={given?.start_date ?? today()} endDate={given?.end_date ?? null} />
      <SelectField key={accountId && "account"} label={t("recurring.kind")} hint={accountId ? undefined : t("recurring.kindHint")} name="kind" defaultValue={accountId ? (given?.kind ?? "post") : "remind"}>
        <option value="post">{t("recurring.kind.post")}</option>
        <option value="remind">{t("recurring.kind.remind")}</option>
      </SelectField>
      <div className={form.fields}>
        <TextField label={t("recurring.notice")} name="notice_days" type="number" min={0} max={MAX_NOTICE_DAYS} defaultValue={given?.notice_days ?? 0} />
        <TextField label={t("recurring.payee")} hint={t("recurring.payeeHint")} name="payee" defaultValue={given?.payee} maxLength={200} dir="auto" autoComplete="off" optional />
        <TextField label={t("recurring.note")} name="note" defaultValue={given?.note ?? ""} maxLength={500} dir="auto" autoComplete="off" optional />
      </div>
    </>
  );
}
