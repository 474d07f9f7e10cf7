"use client";

import { currencyOf } from "@/components/proposals/details";
import { changesOf, editableFields, type Field, type Payload, valueAt } from "@/components/proposals/fields";
import type { Names } from "@/components/proposals/names";
import { EditDialog } from "@/components/ui/edit-dialog";
import { SelectField, TextField } from "@/components/ui/field";
import type { Proposal } from "@/lib/api/schema";
import { Options } from "@/components/ui/options";
import { negate, parseAmount } from "@/lib/money";
import { field as typed } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "@/components/ui/form-grid.module.css";

const RHYTHMS = ["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY"] as const;

interface ProposalEditorProps {
  path: string;
  names: Names;
  onSaved: () => void;
  onClose: () => void;
}

/** Corrects what is proposed, before it is confirmed. */
export default function ProposalEditor({ path, names, onSaved, onClose }: ProposalEditorProps) {
  const { t } = useI18n();
  return (
    <EditDialog<Proposal>
      title={t("proposals.edit")}
      path={path}
      read={(values, { kind, payload }) => ({ payload: changesOf(payload, readFields(values, editableFields(kind, payload))) })}
      onSaved={onSaved}
      onClose={onClose}
    >
      {({ kind, payload }) => (
        <div className={styles.fields}>
          {editableFields(kind, payload).map((field) => (
            <Control key={field.path} field={field} payload={payload} names={names} />
          ))}
        </div>
      )}
    </EditDialog>
  );
}

function Control({ field, payload, names }: { field: Field; payload: Payload; names: Names }) {
  const { t } = useI18n();
  const { path, type, optional = false } = field;
  const value = valueAt(payload, path);
  const written = typeof value === "string" ? value : "";
  const common = { label: t(`proposals.field.${field.label}`), name: path, optional, defaultValue: written };
  switch (type) {
    case "signed":
    case "amount": {
      const currency = currencyOf(field, payload, names);
      const amount = written.startsWith("-") ? negate(written) : written;
      const hint = currency && { hint: currency };
      return (
        <>
          {type === "signed" && (
            <SelectField label={t("proposals.field.direction")} name={`${path}.sign`} defaultValue={written.startsWith("-") ? "-" : ""}>
              <option value="-">{t("proposals.direction.out")}</option>
              <option value="">{t("proposals.direction.in")}</option>
            </SelectField>
          )}
          <TextField {...common} {...hint} defaultValue={amount} inputMode="decimal" autoComplete="off" />
        </>
      );
    }
    case "date":
    case "month":
      return <TextField {...common} type={type} />;
    case "account":
      return (
        <SelectField {...common}>
          <Options entries={names.accounts.filter(({ id, archived }) => !archived || id === value)} />
        </SelectField>
      );
    case "category":
      return (
        <SelectField {...common}>
          {optional && <option value="">{t("proposals.none")}</option>}
          <Options entries={[...names.categories]} />
        </SelectField>
      );
    case "rhythm":
      return (
        <SelectField {...common}>
          {!RHYTHMS.some((rhythm) => rhythm === written) && <option value={written}>{written}</option>}
          {RHYTHMS.map((rhythm) => (
            <option key={rhythm} value={rhythm}>
              {t(`proposals.rhythm.${rhythm}`)}
            </option>
          ))}
        </SelectField>
      );
    case "schedule":
      return (
        <SelectField {...common}>
          <option value="post">{t("proposals.schedule.post")}</option>
          <option value="remind">{t("proposals.schedule.remind")}</option>
        </SelectField>
      );
    case "flow":
      return (
        <SelectField {...common}>
          <option value="expense">{t("proposals.flow.expense")}</option>
          <option value="income">{t("proposals.flow.income")}</option>
        </SelectField>
      );
    default:
      return <TextField {...common} dir="auto" maxLength={200} autoComplete="off" />;
  }
}

function readFields(values: FormData, fields: Field[]): Map<string, string | null> {
  return new Map(
    fields.map(({ path, type }) => {
      const text = typed(values, path);
      if (text === "") return [path, null];
      if (type !== "signed" && type !== "amount") return [path, text];
      // What can't be read as a number goes to the API as typed: it knows best what is wrong with it.
      const amount = parseAmount(text);
      return [path, amount === undefined ? text : typed(values, `${path}.sign`) + amount];
    }),
  );
}
