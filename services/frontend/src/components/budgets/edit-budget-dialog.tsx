import { amountIn, type AmountChange, changeAmount } from "@/components/budgets/change-amount";
import { RolloverField } from "@/components/budgets/rollover-field";
import { EditDialog } from "@/components/ui/edit-dialog";
import { SelectField, TextField } from "@/components/ui/field";
import { api } from "@/lib/api/browser";
import type { Budget } from "@/lib/api/schema";
import { typedAmount } from "@/lib/money";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";

interface EditBudgetDialogProps {
  id: string;
  category: string;
  month: string;
  onClose: () => void;
  onDone: () => void;
}

export default function EditBudgetDialog({ id, category, month, onClose, onDone }: EditBudgetDialogProps) {
  const { t, formatMoney, formatMonth } = useI18n();
  const path = `/budgets/${id}`;
  const laterHint = (budget: Budget) => {
    const later = budget.amounts.find((one) => one.month > month);
    return later && t("budgets.later", { month: formatMonth(later.month), amount: formatMoney(later.amount) });
  };
  return (
    <EditDialog<Budget, AmountChange>
      title={t("budgets.editLabel", { category })}
      path={path}
      read={(values) => ({
        amount: typedAmount(field(values, "amount")),
        rollover: field(values, "rollover"),
        month,
        onlyThisMonth: field(values, "from") === "only",
      })}
      write={(change, budget, etag) => changeAmount(budget, change, etag, (body, state) => api.patch<Budget>(path, body, { etag: state }))}
      onSaved={onDone}
      onClose={onClose}
    >
      {(budget) => (
        <>
          <TextField
            label={t("budgets.amountIn", { currency: budget.currency })}
            name="amount"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={amountIn(budget, month)}
          />
          <SelectField label={t("budgets.holds")} name="from" hint={laterHint(budget)}>
            <option value="on">{t("budgets.fromOn", { month: formatMonth(month) })}</option>
            <option value="only">{t("budgets.only", { month: formatMonth(month) })}</option>
          </SelectField>
          <RolloverField value={budget.rollover} />
        </>
      )}
    </EditDialog>
  );
}
