"use client";

import { useRouter } from "next/navigation";
import { lazy } from "react";
import { Button } from "@/components/ui/button";
import { DialogButton } from "@/components/ui/dialog-button";
import { ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { Account } from "@/lib/api/schema";
import { useAction } from "@/lib/use-action";
import { useI18n } from "#i18n";

const AddAccount = lazy(() => import("@/components/accounts/account-dialogs").then(({ AddAccount }) => ({ default: AddAccount })));
const EditAccount = lazy(() => import("@/components/accounts/account-dialogs").then(({ EditAccount }) => ({ default: EditAccount })));

export function AddAccountButton({ currency }: { currency: string | undefined }) {
  const { t } = useI18n();
  return (
    <DialogButton variant="primary" label={t("accounts.add")}>
      {(dialog) => <AddAccount currency={currency} {...dialog} />}
    </DialogButton>
  );
}

export function EditAccountButton({ account }: { account: Account }) {
  const { t } = useI18n();
  return (
    <DialogButton label={t("app.edit")} name={t("accounts.editOf", { name: account.name })}>
      {(dialog) => <EditAccount account={account} {...dialog} />}
    </DialogButton>
  );
}

export function RestoreAccountButton({ account: { id, name } }: { account: Account }) {
  const { t } = useI18n();
  const router = useRouter();
  const { busy, problem, act } = useAction();
  return (
    <>
      <Button
        variant="quiet"
        disabled={busy}
        aria-label={t("accounts.restoreOf", { name })}
        onClick={() => act(() => api.patch(`/accounts/${id}`, { archived: false }), () => router.refresh())}
      >
        {t("accounts.restore")}
      </Button>
      <ProblemNotice problem={problem} />
    </>
  );
}
