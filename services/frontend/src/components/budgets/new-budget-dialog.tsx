import { RolloverField } from "@/components/budgets/rollover-field";
import type { Choice } from "@/components/budgets/budget-actions";
import { CurrencyField } from "@/components/ui/currency-field";
import { SelectField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import styles from "@/components/ui/form-grid.module.css";
import { Options } from "@/components/ui/options";
import { api } from "@/lib/api/browser";
import type { Budget } from "@/lib/api/schema";
import { typedAmount } from "@/lib/money";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";

interface NewBudgetDialogProps {
  month: string;
  currency: string | undefined;
  categories: Choice[];
  amount?: string | undefined;
  onClose: () => void;
  onDone: () => void;
}

export default function NewBudgetDialog({ month, currency, categories, amount, onClose, onDone }: NewBudgetDialogProps) {
  const { t, formatMonth } = useI18n();
  return (
    <FormDialog
      title={t("budgets.add")}
      submit={t("budgets.add")}
      send={(values, idempotencyKey) =>
        api.post<Budget>(
          "/budgets",
          {
            category_id: field(values, "category_id"),
            amount: typedAmount(field(values, "amount")),
            currency: field(values, "currency"),
            month,
            rollover: field(values, "rollover"),
          },
          { idempotencyKey },
        )
      }
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t("budgets.addHint", { month: formatMonth(month) })}</p>
      <SelectField label={t("budgets.category")} name="category_id" required>
        <Options entries={categories} />
      </SelectField>
      <div className={styles.fields}>
        <TextField label={t("budgets.amount")} name="amount" inputMode="decimal" autoComplete="off" defaultValue={amount} />
        <CurrencyField label={t("budgets.currency")} defaultValue={currency} />
      </div>
      <RolloverField />
    </FormDialog>
  );
}
