"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Options, SelectField, TextField } from "@/components/ui/field";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { api } from "@/lib/api/browser";
import type { Account, Category, Transaction } from "@/lib/api/schema";
import { negate, parseAmount } from "@/lib/money";
import { field, useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "@/components/ui/form-grid.module.css";

interface TransactionFormProps {
  accounts: Account[];
  categories: Category[];
  today: string;
}

type Kind = Category["kind"];

export function TransactionForm({ accounts, categories, today }: TransactionFormProps) {
  const { t, formatMoney } = useI18n();
  const router = useRouter();
  const [kind, setKind] = useState<Kind>("expense");
  const [saved, setSaved] = useState<Transaction>();
  const { busy, problem, onSubmit } = useSubmit(
    (values) => {
      setSaved(undefined);
      return api.post<Transaction>("/transactions", readTransaction(values, kind));
    },
    (transaction, form) => {
      setSaved(transaction);
      form.reset();
      router.refresh();
    },
  );
  return (
    <form method="post" onSubmit={onSubmit} onReset={() => setKind("expense")} className={styles.form}>
      <div className={styles.fields}>
        <SelectField label={t("transactions.kind")} value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
          <option value="expense">{t("transactions.expense")}</option>
          <option value="income">{t("transactions.income")}</option>
        </SelectField>
        <TextField label={t("transactions.amount")} name="amount" inputMode="decimal" placeholder="0.00" autoComplete="off" />
        <TextField label={t("transactions.payee")} name="payee" maxLength={200} autoComplete="off" />
        <TextField label={t("transactions.date")} name="date" type="date" defaultValue={today} />
        <SelectField label={t("transactions.account")} name="account_id">
          <Options entries={accounts} />
        </SelectField>
        <SelectField label={t("transactions.category")} name="category_id">
          <option value="">{t("transactions.noCategory")}</option>
          <Options entries={categories.filter((category) => category.kind === kind)} />
        </SelectField>
        <TextField label={t("transactions.note")} name="note" maxLength={500} autoComplete="off" optional />
      </div>
      <ProblemNotice problem={problem} />
      {saved && (
        <Notice tone="success">
          {t("transactions.saved", { payee: saved.payee, amount: formatMoney(saved.amount) })}
        </Notice>
      )}
      <div>
        <SubmitButton label={t("transactions.save")} busyLabel={t("transactions.saving")} busy={busy} />
      </div>
    </form>
  );
}

function readTransaction(values: FormData, kind: Kind): object {
  const typed = field(values, "amount");
  const amount = parseAmount(typed);
  return {
    account_id: field(values, "account_id"),
    date: field(values, "date"),
    payee: field(values, "payee"),
    note: field(values, "note"),
    // What can't be read as a number goes to the API as typed: it knows best what is wrong with it.
    amount: amount === undefined ? typed : kind === "expense" ? negate(amount) : amount,
    category_id: field(values, "category_id") || null,
  };
}
