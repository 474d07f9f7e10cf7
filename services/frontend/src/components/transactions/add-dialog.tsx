import type { Lists } from "@/components/transactions/lists";
import { readTransaction } from "@/components/transactions/read-transaction";
import { TransactionFields } from "@/components/transactions/transaction-fields";
import { FormDialog } from "@/components/ui/form-dialog";
import { api } from "@/lib/api/browser";
import type { Transaction } from "@/lib/api/schema";
import { useI18n } from "#i18n";

interface AddDialogProps {
  lists: Lists;
  onClose: () => void;
  onDone: (transaction: Transaction) => void;
}

/** In a file of its own, so that it is fetched when it is first wanted. */
export default function AddDialog({ lists, onClose, onDone }: AddDialogProps) {
  const { t } = useI18n();
  return (
    <FormDialog<Transaction>
      title={t("transactions.add")}
      submit={t("transactions.save")}
      send={(values, idempotencyKey) => api.post("/transactions", readTransaction(values, t("transactions.transfer")), { idempotencyKey })}
      onDone={onDone}
      onClose={onClose}
    >
      <TransactionFields lists={lists} />
    </FormDialog>
  );
}
