"use client";

import { lazy } from "react";
import { DeleteButton } from "@/components/ui/delete-button";
import { DialogButton } from "@/components/ui/dialog-button";
import type { Account } from "@/lib/api/schema";
import { useI18n } from "#i18n";

const NewGoalDialog = lazy(() => import("@/components/goals/new-goal-dialog"));
const EditGoalDialog = lazy(() => import("@/components/goals/edit-goal-dialog"));
const ContributeDialog = lazy(() => import("@/components/goals/contribute-dialog"));
const ContributionsDialog = lazy(() => import("@/components/goals/contributions-dialog"));

export function AddGoal({ currency, accounts }: { currency: string | undefined; accounts: Account[] }) {
  const { t } = useI18n();
  return (
    <DialogButton label={t("goals.add")} variant="primary">
      {(dialog) => <NewGoalDialog currency={currency} accounts={accounts} {...dialog} />}
    </DialogButton>
  );
}

interface GoalActionsProps {
  id: string;
  name: string;
  currency: string;
  /** Money is noted here; otherwise it is the balance of accounts. */
  byHand: boolean;
  accounts: Account[];
}

export function GoalActions({ id, name, currency, byHand, accounts }: GoalActionsProps) {
  const { t } = useI18n();
  return (
    <>
      {byHand && (
        <>
          <DialogButton label={t("goals.contribute")} name={t("goals.contributeLabel", { name })} variant="secondary">
            {(dialog) => <ContributeDialog id={id} name={name} {...dialog} />}
          </DialogButton>
          <DialogButton label={t("goals.history")} name={t("goals.historyLabel", { name })}>
            {({ onClose }) => <ContributionsDialog id={id} name={name} onClose={onClose} />}
          </DialogButton>
        </>
      )}
      <DialogButton label={t("app.edit")} name={t("goals.editLabel", { name })}>
        {(dialog) => <EditGoalDialog id={id} name={name} accounts={accounts.filter((account) => account.currency === currency)} {...dialog} />}
      </DialogButton>
      <DeleteButton path={`/goals/${id}`} title={t("goals.deleteTitle", { name })} detail={t("goals.deleteDetail")} />
    </>
  );
}
