import { useState } from "react";
import { AccountFields, readAccount } from "@/components/accounts/account-fields";
import { DeleteAccount } from "@/components/accounts/delete-account";
import { Button } from "@/components/ui/button";
import { EditDialog } from "@/components/ui/edit-dialog";
import { CheckboxField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { api } from "@/lib/api/browser";
import type { Account } from "@/lib/api/schema";
import { useI18n } from "#i18n";

interface DialogProps {
  onClose: () => void;
  onDone: () => void;
}

export function AddAccount({ currency, onClose, onDone }: DialogProps & { currency: string | undefined }) {
  const { t } = useI18n();
  return (
    <FormDialog<Account>
      title={t("accounts.add")}
      submit={t("accounts.create")}
      send={(values, idempotencyKey) => api.post("/accounts", readAccount(values), { idempotencyKey })}
      onDone={onDone}
      onClose={onClose}
    >
      <AccountFields currency={currency} />
    </FormDialog>
  );
}

export function EditAccount({ account: { id, name }, onClose, onDone }: DialogProps & { account: Account }) {
  const { t } = useI18n();
  const [deleting, setDeleting] = useState(false);
  if (deleting) return <DeleteAccount id={id} name={name} onClose={onClose} onDone={onDone} />;
  return (
    <EditDialog<Account>
      title={t("accounts.edit")}
      path={`/accounts/${id}`}
      read={(values) => ({ ...readAccount(values), archived: values.has("archived") })}
      onSaved={onDone}
      onClose={onClose}
    >
      {(account) => (
        <>
          <AccountFields account={account} />
          <CheckboxField label={t("accounts.archived")} hint={t("accounts.archivedHint")} name="archived" defaultChecked={account.archived} />
          <div>
            <Button variant="quiet" onClick={() => setDeleting(true)}>
              {t("accounts.delete")}
            </Button>
          </div>
        </>
      )}
    </EditDialog>
  );
}
