"use client";

import { useRouter } from "next/navigation";
import { lazy } from "react";
import type { Lists } from "@/components/rules/lists";
import { Button } from "@/components/ui/button";
import { DeleteButton } from "@/components/ui/delete-button";
import { DialogButton } from "@/components/ui/dialog-button";
import { ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { Suggestion } from "@/lib/api/schema";
import { useAction } from "@/lib/use-action";
import { useI18n } from "#i18n";
import styles from "./recurring.module.css";

const RecurringDialog = lazy(() => import("@/components/recurring/recurring-dialog").then((module) => ({ default: module.RecurringDialog })));

interface ScheduleActionsProps {
  id: string;
  name: string;
  paused: boolean;
  hasEnded: boolean;
  lists: Lists;
}

export function ScheduleActions({ id, name, paused, hasEnded, lists }: ScheduleActionsProps) {
  const { t } = useI18n();
  const router = useRouter();
  const { busy, problem, act } = useAction();
  return (
    <div className={styles.actions}>
      <DialogButton label={t("app.edit")} name={t("recurring.editOf", { name })}>
        {({ onClose, onDone }) => <RecurringDialog id={id} currency={undefined} lists={lists} onDone={onDone} onClose={onClose} />}
      </DialogButton>
      {(paused || !hasEnded) && (
        <Button
          variant="quiet"
          disabled={busy}
          aria-label={t(paused ? "recurring.resumeOf" : "recurring.pauseOf", { name })}
          onClick={() => act(() => api.patch(`/recurring/${id}`, { paused: !paused }), () => router.refresh())}
        >
          {t(paused ? "recurring.resume" : "recurring.pause")}
        </Button>
      )}
      <DeleteButton path={`/recurring/${id}`} title={t("recurring.delete", { name })} detail={t("recurring.deleteDetail")} />
      <ProblemNotice problem={problem} />
    </div>
  );
}

interface AddRecurringProps {
  suggestion?: Suggestion;
  currency: string | undefined;
  lists: Lists;
}

export function AddRecurring({ suggestion, currency, lists }: AddRecurringProps) {
  const { t } = useI18n();
  return (
    <DialogButton
      label={t(suggestion ? "recurring.take" : "recurring.add")}
      name={suggestion && t("recurring.takeOf", { name: suggestion.name })}
      variant={suggestion ? "secondary" : "primary"}
    >
      {({ onClose, onDone }) => <RecurringDialog {...(suggestion && { suggestion })} currency={currency} lists={lists} onDone={onDone} onClose={onClose} />}
    </DialogButton>
  );
}
