import { SelectField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import styles from "@/components/ui/form-grid.module.css";
import { api } from "@/lib/api/browser";
import type { Contribution } from "@/lib/api/schema";
import { today } from "@/lib/dates";
import { negate, parseAmount } from "@/lib/money";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";

export function readContribution(values: FormData): object {
  const typed = field(values, "amount");
  const amount = parseAmount(typed);
  return {
    // What can't be read as a number goes to the API as typed: it knows best what is wrong with it.
    amount: amount === undefined ? typed : field(values, "way") === "out" ? negate(amount) : amount,
    date: field(values, "date"),
    note: field(values, "note") || null,
  };
}

interface ContributeDialogProps {
  id: string;
  name: string;
  onClose: () => void;
  onDone: () => void;
}

export default function ContributeDialog({ id, name, onClose, onDone }: ContributeDialogProps) {
  const { t } = useI18n();
  return (
    <FormDialog
      title={t("goals.contributeLabel", { name })}
      submit={t("app.save")}
      send={(values, idempotencyKey) => api.post<Contribution>(`/goals/${id}/contributions`, readContribution(values), { idempotencyKey })}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t("goals.contributeHint")}</p>
      <div className={styles.fields}>
        <SelectField label={t("goals.way")} name="way">
          <option value="in">{t("goals.in")}</option>
          <option value="out">{t("goals.out")}</option>
        </SelectField>
        <TextField label={t("goals.amount")} name="amount" inputMode="decimal" autoComplete="off" />
        <TextField label={t("goals.day")} name="date" type="date" defaultValue={today()} />
      </div>
      <TextField label={t("goals.note")} name="note" dir="auto" maxLength={500} autoComplete="off" optional />
    </FormDialog>
  );
}
