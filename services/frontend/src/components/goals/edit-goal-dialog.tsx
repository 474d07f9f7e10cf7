import { AccountsField, DateField, NameField, readGoal } from "@/components/goals/goal-fields";
import { EditDialog } from "@/components/ui/edit-dialog";
import { TextField } from "@/components/ui/field";
import styles from "@/components/ui/form-grid.module.css";
import type { Account, Goal } from "@/lib/api/schema";
import { useI18n } from "#i18n";

interface EditGoalDialogProps {
  id: string;
  name: string;
  accounts: Account[];
  onClose: () => void;
  onDone: () => void;
}

export default function EditGoalDialog({ id, name, accounts, onClose, onDone }: EditGoalDialogProps) {
  const { t } = useI18n();
  return (
    <EditDialog<Goal> title={t("goals.editLabel", { name })} path={`/goals/${id}`} read={readGoal} onSaved={onDone} onClose={onClose}>
      {(goal) => (
        <>
          <NameField name={goal.name} />
          <div className={styles.fields}>
            <TextField
              label={t("goals.targetIn", { currency: goal.target.currency })}
              name="target_amount"
              inputMode="decimal"
              autoComplete="off"
              defaultValue={goal.target.amount}
            />
            <DateField date={goal.target_date} />
          </div>
          <AccountsField accounts={accounts} chosen={goal.account_ids} />
        </>
      )}
    </EditDialog>
  );
}
