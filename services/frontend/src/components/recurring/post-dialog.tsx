"use client";

import { typedSize } from "@/components/recurring/read-recurring";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { api } from "@/lib/api/browser";
import type { Occurrence, Upcoming } from "@/lib/api/schema";
import { isNegative, magnitude } from "@/lib/money";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import form from "@/components/ui/form-grid.module.css";

interface PostDialogProps {
  occurrence: Upcoming;
  today: string;
  onDone: () => void;
  onClose: () => void;
}

/** Records one occurrence; amount and day may differ this once. */
export function PostDialog({ occurrence, today, onDone, onClose }: PostDialogProps) {
  const { t, formatDate } = useI18n();
  const { recurring_id, name, date, amount } = occurrence;
  return (
    <FormDialog<Occurrence>
      title={t("recurring.postTitle", { name, date: formatDate(date) })}
      submit={t("recurring.postConfirm")}
      send={(values, idempotencyKey) => {
        const sign = isNegative(amount) ? "-" : "";
        const wanted = { amount: sign + typedSize(values), date: field(values, "date") };
        return api.post<Occurrence>(`/recurring/${recurring_id}/occurrences/${date}/post`, wanted, { idempotencyKey });
      }}
      onDone={onDone}
      onClose={onClose}
    >
      <p>{t("recurring.postDetail")}</p>
      <div className={form.fields}>
        <TextField label={t("recurring.amount")} name="amount" defaultValue={magnitude(amount).amount} inputMode="decimal" autoComplete="off" />
        <TextField label={t("recurring.date")} name="date" type="date" defaultValue={date < today ? date : today} />
      </div>
    </FormDialog>
  );
}
