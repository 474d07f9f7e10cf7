import { BulkDialog } from "@/components/transactions/bulk-dialog";
import type { Lists } from "@/components/transactions/lists";
import { readTransaction } from "@/components/transactions/read-transaction";
import { ShortcutsDialog } from "@/components/transactions/shortcuts-dialog";
import { TransactionFields } from "@/components/transactions/transaction-fields";
import type { Change } from "@/components/transactions/use-inline-edits";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { EditDialog } from "@/components/ui/edit-dialog";
import { api } from "@/lib/api/browser";
import type { BulkResult, Transaction } from "@/lib/api/schema";
import { useI18n } from "#i18n";

export type OpenDialog =
  | { kind: "edit"; row: Transaction }
  | { kind: "bulk" | "delete"; rows: Transaction[] }
  | { kind: "stale"; row: Transaction; change: Change }
  | { kind: "shortcuts" };

interface DialogsProps {
  open: OpenDialog;
  lists: Lists;
  onOpen: (open: OpenDialog) => void;
  onClose: () => void;
  onDone: (message: string) => void;
  /** Of a change in place that somebody else was faster than. */
  onOverwrite: (row: Transaction, change: Change) => void;
}

/** All that opens over the list; in a file of its own, so that it is fetched when it is first wanted. */
export default function Dialogs({ open, lists, onOpen, onClose, onDone, onOverwrite }: DialogsProps) {
  const { t, formatMoney, formatDate } = useI18n();
  switch (open.kind) {
    case "edit":
      return (
        <EditDialog<Transaction>
          title={t("transactions.edit")}
          path={`/transactions/${open.row.id}`}
          read={(values) => readTransaction(values, t("transactions.transfer"))}
          onSaved={() => onDone(t("transactions.changed"))}
          onClose={onClose}
        >
          {(row) => (
            <TransactionFields lists={lists} row={row}>
              <Button variant="quiet" onClick={() => onOpen({ kind: "delete", rows: [row] })}>
                {t("transactions.delete")}
              </Button>
            </TransactionFields>
          )}
        </EditDialog>
      );
    case "bulk":
      return <BulkDialog rows={open.rows} lists={lists} onClose={onClose} onDone={onDone} />;
    case "delete": {
      const { rows } = open;
      const [first] = rows;
      return (
        <ConfirmDialog<BulkResult>
          title={t("transactions.deleteTitle", { count: rows.length })}
          action={t("app.delete")}
          run={() => api.post("/transactions/bulk", { ids: rows.map(({ id }) => id), delete: true })}
          onDone={({ transactions }) => onDone(t("transactions.deleted", { count: transactions }))}
          onClose={onClose}
        >
          {rows.length === 1 && first && (
            <p>
              <bdi>{first.payee}</bdi> · {formatDate(first.date)} · {formatMoney(first.amount)}
            </p>
          )}
          <p>{t("transactions.deleteDetail")}</p>
          {rows.some(({ transfer }) => transfer) && <p>{t("transactions.deleteTransfers")}</p>}
        </ConfirmDialog>
      );
    }
    case "stale":
      return (
        <Dialog title={t("transactions.staleTitle")} onClose={onClose}>
          <p>{t("app.staleDetail")}</p>
          <DialogActions>
            <Button variant="secondary" onClick={() => onOpen({ kind: "edit", row: open.row })}>
              {t("app.staleShow")}
            </Button>
            <Button variant="danger" onClick={() => onOverwrite(open.row, open.change)}>
              {t("app.staleOverwrite")}
            </Button>
          </DialogActions>
        </Dialog>
      );
    case "shortcuts":
      return <ShortcutsDialog onClose={onClose} />;
  }
}
