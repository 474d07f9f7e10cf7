"use client";

import { lazy } from "react";
import { DialogButton } from "@/components/ui/dialog-button";
import { api } from "@/lib/api/browser";
import type { Occurrence, Upcoming } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./recurring.module.css";

const ConfirmDialog = lazy(() => import("@/components/ui/confirm-dialog").then((module) => ({ default: module.ConfirmDialog<Occurrence> })));
const PostDialog = lazy(() => import("@/components/recurring/post-dialog").then((module) => ({ default: module.PostDialog })));

/** Records one occurrence ahead of time, or leaves it out. */
export function OccurrenceActions({ occurrence, today }: { occurrence: Upcoming; today: string }) {
  const { t, formatDate } = useI18n();
  const values = { name: occurrence.name, date: formatDate(occurrence.date) };
  return (
    <div className={styles.actions}>
      {occurrence.account_id && (
        <DialogButton label={t("recurring.post")} name={t("recurring.postOf", values)}>
          {({ onClose, onDone }) => <PostDialog occurrence={occurrence} today={today} onDone={onDone} onClose={onClose} />}
        </DialogButton>
      )}
      <DialogButton label={t("recurring.skip")} name={t("recurring.skipOf", values)}>
        {({ onClose, onDone }) => (
          <ConfirmDialog
            title={t("recurring.skipTitle", values)}
            action={t("recurring.skipConfirm")}
            run={() => api.post<Occurrence>(`/recurring/${occurrence.recurring_id}/occurrences/${occurrence.date}/skip`)}
            onDone={onDone}
            onClose={onClose}
          >
            <p>{t("recurring.skipDetail")}</p>
          </ConfirmDialog>
        )}
      </DialogButton>
    </div>
  );
}
