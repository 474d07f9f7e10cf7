import { type Field, type Payload, shownFields, valueAt } from "@/components/proposals/fields";
import type { Names } from "@/components/proposals/names";
import type { Proposal, Transaction } from "@/lib/api/schema";
import type { I18n } from "@/lib/i18n/i18n";
import { negate, parseAmount } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./proposal-card.module.css";

/** What people have typed, in whatever script. */
const OWN_WORDS: ReadonlySet<Field["type"]> = new Set(["account", "accounts", "category", "tags", "text"]);

interface DetailsProps {
  proposal: Proposal;
  names: Names;
  /** The one that is to be changed or deleted. */
  transaction: Transaction | undefined;
}

/** What would happen, value by value. */
export function Details({ proposal, names, transaction }: DetailsProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const { kind, payload } = proposal;
  return (
    <dl className={styles.values}>
      {transaction && (
        <div>
          <dt>{t("proposals.field.transaction")}</dt>
          <dd>
            <bdi>{transaction.payee}</bdi> · {i18n.formatMoney(transaction.amount)} · {i18n.formatDate(transaction.date)}
          </dd>
        </div>
      )}
      {shownFields(kind, payload).map((field) => {
        const shown = text(field, payload, names, transaction, i18n);
        return (
          <div key={field.path}>
            <dt>{t(`proposals.field.${field.label}`)}</dt>
            <dd>{OWN_WORDS.has(field.type) ? <bdi>{shown}</bdi> : shown}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function text(field: Field, payload: Payload, names: Names, transaction: Transaction | undefined, i18n: I18n): string {
  const { t } = i18n;
  const value = valueAt(payload, field.path);
  const one = String(value);
  switch (field.type) {
    case "signed":
    case "amount":
      return amountText(field, one, currencyOf(field, payload, names, transaction), i18n);
    case "date":
      return i18n.formatDate(one);
    case "month":
      return i18n.formatMonth(one);
    case "account":
      return accountOf(names, one)?.name ?? "…";
    case "accounts":
      return (value as string[]).map((id) => accountOf(names, id)?.name ?? "…").join(", ");
    case "category":
      return names.categories.find(({ id }) => id === one)?.name ?? "…";
    case "tags":
      return (value as string[]).join(", ");
    case "rhythm": {
      const key = `proposals.rhythm.${one}`;
      return i18n.has(key) ? t(key) : one;
    }
    case "schedule":
    case "flow":
    case "direction":
    case "status": {
      const key = `proposals.${field.type}.${one}`;
      return i18n.has(key) ? t(key) : one;
    }
    case "text":
      return one;
  }
}

function amountText(field: Field, written: string, currency: string | undefined, { t, formatMoney, formatNumber }: I18n): string {
  const spent = written.startsWith("-");
  const amount = parseAmount(spent ? negate(written) : written);
  if (amount === undefined) return written;
  const money = currency ? formatMoney({ amount, currency }) : formatNumber(amount);
  return field.type === "signed" ? t(spent ? "proposals.out" : "proposals.in", { amount: money }) : money;
}

export function currencyOf(field: Field, payload: Payload, names: Names, transaction?: Transaction): string | undefined {
  if (typeof payload.currency === "string") return payload.currency;
  const account = field.path === "received_amount" ? payload.to_account_id : payload.account_id;
  return accountOf(names, account)?.currency ?? transaction?.amount.currency;
}

function accountOf(names: Names, id: unknown) {
  return names.accounts.find((account) => account.id === id);
}
