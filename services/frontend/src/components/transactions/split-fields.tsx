import { useEffect, useRef } from "react";
import { CategoryOptions } from "@/components/transactions/category-options";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import type { Category, CategoryKind } from "@/lib/api/schema";
import { difference, sum } from "@/lib/decimals";
import { isZero, parseAmount } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./fields.module.css";

export interface Part {
  key: number;
  amount: string;
  categoryId: string;
  note: string;
}

/** What the parts leave of the amount; undefined while one of the numbers can't be read. */
export function leftOver(amount: string, parts: readonly Part[]): string | undefined {
  const whole = parseAmount(amount);
  const read = parts.map((part) => (part.amount.trim() ? parseAmount(part.amount) : "0"));
  return whole === undefined || read.includes(undefined) ? undefined : difference(whole, sum(read as string[]));
}

interface SplitFieldsProps {
  amount: string;
  currency: string;
  kind: CategoryKind;
  categories: Category[];
  parts: Part[];
  onChange: (parts: Part[]) => void;
}

const FEWEST = 2;
const MOST = 50;

export function SplitFields({ amount, currency, kind, categories, parts, onChange }: SplitFieldsProps) {
  const { t, formatMoney } = useI18n();
  const last = useRef<HTMLFieldSetElement>(null);
  const left = leftOver(amount, parts);
  const settled = left !== undefined && isZero({ amount: left, currency });
  const state = left === undefined ? t("transactions.splitUnreadable") : settled ? t("transactions.splitSettled") : t("transactions.splitLeft", { amount: formatMoney({ amount: left, currency }) });

  useEffect(() => {
    // The browser then keeps the form from being sent, and says why.
    last.current?.querySelector("input")?.setCustomValidity(settled ? "" : state);
  }, [settled, state, parts.length]);

  function change(key: number, fields: Partial<Part>) {
    onChange(parts.map((part) => (part.key === key ? { ...part, ...fields } : part)));
  }

  const key = Math.max(...parts.map((part) => part.key)) + 1;
  function takeRest() {
    const open = parts.find((part) => !part.amount.trim());
    if (open) change(open.key, { amount: left! });
    else onChange([...parts, { key, amount: left!, categoryId: "", note: "" }]);
  }

  return (
    <div className={styles.splits}>
      {parts.map((part, index) => (
        <fieldset key={part.key} ref={index === parts.length - 1 ? last : null} className={styles.part}>
          <legend>{t("transactions.part", { number: index + 1 })}</legend>
          <TextField
            label={t("transactions.partAmount")}
            name="split_amount"
            inputMode="decimal"
            autoComplete="off"
            value={part.amount}
            onChange={(event) => change(part.key, { amount: event.target.value })}
          />
          <SelectField label={t("transactions.category")} name="split_category" value={part.categoryId} onChange={(event) => change(part.key, { categoryId: event.target.value })}>
            <option value="">{t("transactions.noCategory")}</option>
            <CategoryOptions categories={categories} first={kind} />
          </SelectField>
          <TextField
            label={t("transactions.note")}
            name="split_note"
            maxLength={500}
            autoComplete="off"
            dir="auto"
            required={false}
            value={part.note}
            onChange={(event) => change(part.key, { note: event.target.value })}
          />
          {parts.length > FEWEST && (
            <Button
              variant="quiet"
              aria-label={t("transactions.removePart", { number: index + 1 })}
              onClick={() => onChange(parts.filter((one) => one.key !== part.key))}
            >
              ×
            </Button>
          )}
        </fieldset>
      ))}
      <p role="status" className={settled ? styles.settled : styles.left}>
        {state}
      </p>
      <div className={styles.buttons}>
        <Button variant="secondary" disabled={parts.length >= MOST} onClick={() => onChange([...parts, { key, amount: "", categoryId: "", note: "" }])}>
          {t("transactions.addPart")}
        </Button>
        {!settled && left !== undefined && (
          <Button variant="secondary" onClick={takeRest}>
            {t("transactions.takeRest")}
          </Button>
        )}
      </div>
    </div>
  );
}
