import { type ReactNode, useState } from "react";
import { CategoryOptions } from "@/components/transactions/category-options";
import { legsOf } from "@/components/transactions/legs";
import type { Lists } from "@/components/transactions/lists";
import { PayeeField } from "@/components/transactions/payee-field";
import type { EntryKind } from "@/components/transactions/read-transaction";
import { type Part, SplitFields } from "@/components/transactions/split-fields";
import { TagsField } from "@/components/transactions/tags-field";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import type { Transaction } from "@/lib/api/schema";
import { Options } from "@/components/ui/options";
import { absolute } from "@/lib/decimals";
import { isNegative, negate } from "@/lib/money";
import { useI18n } from "#i18n";
import grid from "@/components/ui/form-grid.module.css";
import styles from "./fields.module.css";

const STATUSES = ["cleared", "pending", "reconciled"] as const;

/** Of people's own day; the server's may be another one. */
function todayHere(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function kindOf(row: Transaction): EntryKind {
  if (row.transfer) return "transfer";
  return isNegative(row.amount) ? "expense" : "income";
}

function partsOf(row: Transaction): Part[] {
  const unsigned = kindOf(row) === "expense" ? negate : (amount: string) => amount;
  return row.splits.map(({ amount, category_id, note }, key) => ({ key, amount: unsigned(amount.amount), categoryId: category_id ?? "", note: note ?? "" }));
}

interface TransactionFieldsProps {
  lists: Lists;
  /** Without one it is a new transaction. */
  row?: Transaction;
  children?: ReactNode;
}

/** All that can be said of a transaction; `readTransaction` reads it. */
export function TransactionFields({ lists, row, children }: TransactionFieldsProps) {
  const { t } = useI18n();
  const legs = row && legsOf(row);
  const named = new Set(row && [row.account_id, row.transfer?.account_id]);
  const accounts = lists.accounts.filter(({ id, archived }) => !archived || named.has(id));
  const [kind, setKind] = useState<EntryKind>(row ? kindOf(row) : "expense");
  const [accountId, setAccountId] = useState(legs?.fromId ?? row?.account_id ?? (accounts.find((account) => account.kind === "bank") ?? accounts[0])?.id);
  const [toAccountId, setToAccountId] = useState(legs?.toId);
  const [amount, setAmount] = useState(row ? absolute(row.amount.amount) : "");
  const [categoryId, setCategoryId] = useState(row?.category_id ?? "");
  const [parts, setParts] = useState<Part[]>(row ? partsOf(row) : []);

  const currencyOf = (id: string | undefined) => accounts.find((account) => account.id === id)?.currency ?? "";
  const currency = currencyOf(accountId);
  const targets = accounts.filter(({ id }) => id !== accountId);
  const target = targets.find(({ id }) => id === toAccountId) ?? targets[0];
  const several = new Set(accounts.map((account) => account.currency)).size > 1;
  const isTransfer = kind === "transfer";
  const categoryKind = kind === "income" ? "income" : "expense";

  return (
    <>
      <div className={grid.fields}>
        <SelectField label={t("transactions.kind")} name="kind" value={kind} onChange={(event) => setKind(event.target.value as EntryKind)}>
          <option value="expense">{t("transactions.expense")}</option>
          <option value="income">{t("transactions.income")}</option>
          {(accounts.length > 1 || isTransfer) && <option value="transfer">{t("transactions.transfer")}</option>}
        </SelectField>
        <TextField
          label={t("transactions.amount")}
          {...(several && { hint: currency })}
          name="amount"
          inputMode="decimal"
          placeholder="0.00"
          autoComplete="off"
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
        />
        <SelectField label={t(isTransfer ? "transactions.fromAccount" : "transactions.account")} name="account_id" value={accountId} onChange={(event) => setAccountId(event.target.value)}>
          <Options entries={accounts} />
        </SelectField>
        {isTransfer && (
          <SelectField label={t("transactions.toAccount")} name="to_account_id" value={target?.id} onChange={(event) => setToAccountId(event.target.value)}>
            <Options entries={targets} />
          </SelectField>
        )}
        {isTransfer && target && target.currency !== currency && (
          <TextField
            label={t("transactions.received")}
            hint={target.currency}
            name="received_amount"
            inputMode="decimal"
            placeholder="0.00"
            autoComplete="off"
            defaultValue={legs?.received.amount}
          />
        )}
        <PayeeField
          initial={row?.payee ?? ""}
          optional={isTransfer}
          onKnown={(payee) => {
            if (!row && !categoryId) setCategoryId(payee.category_id ?? "");
          }}
        />
        <TextField label={t("transactions.date")} name="date" type="date" defaultValue={row?.date ?? todayHere()} />
        {!isTransfer && parts.length === 0 && (
          <SelectField label={t("transactions.category")} name="category_id" value={categoryId} onChange={(event) => setCategoryId(event.target.value)}>
            <option value="">{t("transactions.noCategory")}</option>
            <CategoryOptions categories={lists.categories} first={categoryKind} />
          </SelectField>
        )}
      </div>
      {!isTransfer && parts.length > 0 && (
        <SplitFields amount={amount} currency={currency} kind={categoryKind} categories={lists.categories} parts={parts} onChange={setParts} />
      )}
      {!isTransfer && (
        <div>
          <Button
            variant="quiet"
            onClick={() =>
              setParts(
                parts.length > 0
                  ? []
                  : [
                      { key: 0, amount: "", categoryId, note: "" },
                      { key: 1, amount: "", categoryId: "", note: "" },
                    ],
              )
            }
          >
            {t(parts.length > 0 ? "transactions.unsplit" : "transactions.split")}
          </Button>
        </div>
      )}
      <TagsField name="tag" label={t("transactions.tags")} known={lists.tags} initial={row?.tags ?? []} />
      <div className={grid.fields}>
        <TextField label={t("transactions.note")} name="note" maxLength={500} autoComplete="off" dir="auto" defaultValue={row?.note ?? ""} optional />
        <TextField label={t("transactions.reference")} name="reference" maxLength={200} autoComplete="off" dir="auto" defaultValue={row?.reference ?? ""} optional />
        <SelectField label={t("transactions.status")} name="status" defaultValue={row?.status ?? "cleared"}>
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(`transactions.status.${status}`)}
            </option>
          ))}
        </SelectField>
      </div>
      {children && <div className={styles.buttons}>{children}</div>}
    </>
  );
}
