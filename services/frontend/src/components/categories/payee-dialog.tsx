import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { api } from "@/lib/api/browser";
import type { Payee, PayeeRenamed } from "@/lib/api/schema";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "./categories.module.css";

interface PayeeDialogProps {
  /** Several become one. */
  payees: Payee[];
  onClose: () => void;
  onDone: (renamed: PayeeRenamed) => void;
}

export default function PayeeDialog({ payees, onClose, onDone }: PayeeDialogProps) {
  const { t } = useI18n();
  const [first] = payees;
  return (
    <FormDialog<PayeeRenamed>
      title={t("categories.renamePayees", { count: payees.length })}
      submit={t("app.save")}
      send={(values, idempotencyKey) => api.post("/payees/rename", { names: payees.map(({ name }) => name), name: field(values, "name") }, { idempotencyKey })}
      onDone={onDone}
      onClose={onClose}
    >
      {payees.length > 1 && (
        <ul className={styles.soft}>
          {payees.map(({ name }) => (
            <li key={name}>
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
      <TextField label={t("categories.newName")} name="name" maxLength={200} autoComplete="off" dir="auto" defaultValue={first?.name} />
      <p>{t("categories.renameDetail", { count: payees.reduce((total, { transactions }) => total + transactions, 0) })}</p>
    </FormDialog>
  );
}
