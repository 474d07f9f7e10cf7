import { useState } from "react";
import { AccountsField, DateField, NameField, readGoal } from "@/components/goals/goal-fields";
import { CurrencyField } from "@/components/ui/currency-field";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import styles from "@/components/ui/form-grid.module.css";
import { api } from "@/lib/api/browser";
import type { Account, Goal } from "@/lib/api/schema";
import { CURRENCIES } from "@/lib/currencies";
import { useI18n } from "#i18n";

interface NewGoalDialogProps {
  currency: string | undefined;
  accounts: Account[];
  onClose: () => void;
  onDone: () => void;
}

export default function NewGoalDialog({ currency: usual = CURRENCIES[0], accounts, onClose, onDone }: NewGoalDialogProps) {
  const { t } = useI18n();
  const [currency, setCurrency] = useState<string>(usual);
  return (
    <FormDialog
      title={t("goals.add")}
      submit={t("goals.add")}
      send={(values, idempotencyKey) => api.post<Goal>("/goals", { ...readGoal(values), currency }, { idempotencyKey })}
      onDone={onDone}
      onClose={onClose}
    >
      <NameField />
      <div className={styles.fields}>
        <TextField label={t("goals.target")} name="target_amount" inputMode="decimal" autoComplete="off" />
        <CurrencyField label={t("goals.currency")} defaultValue={usual} onChange={(event) => setCurrency(event.target.value)} />
      </div>
      <DateField />
      <AccountsField key={currency} accounts={accounts.filter((account) => account.currency === currency)} />
    </FormDialog>
  );
}
