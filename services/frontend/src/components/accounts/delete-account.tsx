import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { Problem } from "@/lib/api/problem";
import type { TransactionPage } from "@/lib/api/schema";
import { useAction } from "@/lib/use-action";
import { useI18n } from "#i18n";

interface DeleteAccountProps {
  id: string;
  name: string;
  onClose: () => void;
  onDone: () => void;
}

/** Says what goes with the account; where that is its transactions, its name has to be typed. */
export function DeleteAccount({ id, name, onClose, onDone }: DeleteAccountProps) {
  const { t } = useI18n();
  const [inUse, setInUse] = useState<boolean>();
  const [unknown, setUnknown] = useState<Problem>();
  const [typed, setTyped] = useState("");
  const { busy, problem, act } = useAction();

  useEffect(() => {
    void api.get<TransactionPage>(`/transactions?${new URLSearchParams({ account_id: id, limit: "1" })}`).then((found) => {
      if (found.ok) setInUse(found.data.items.length > 0);
      else setUnknown(found.problem);
    });
  }, [id]);

  return (
    <Dialog title={t("accounts.deleteTitle", { name })} onClose={onClose}>
      {inUse === undefined && !unknown && <p role="status">{t("app.loading")}</p>}
      {inUse === false && (
        <>
          <p>{t("accounts.deleteEmpty")}</p>
          <p>{t("accounts.deletePlans")}</p>
        </>
      )}
      {inUse && (
        <>
          <p>{t("accounts.deleteInUse")}</p>
          <p>{t("accounts.deleteTransfers")}</p>
          <p>{t("accounts.deletePlans")}</p>
          <p>{t("accounts.deleteInstead")}</p>
          <TextField label={t("accounts.typeName", { name })} autoComplete="off" dir="auto" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </>
      )}
      <ProblemNotice problem={problem ?? unknown} />
      <DialogActions>
        <Button variant="secondary" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button
          variant="danger"
          disabled={busy || inUse === undefined || (inUse && typed.trim() !== name)}
          onClick={() => act(() => api.delete(`/accounts/${id}${inUse ? "?with_transactions=true" : ""}`), onDone)}
        >
          {busy ? t("app.working") : t(inUse ? "accounts.deleteAll" : "accounts.delete")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
