"use client";

import { lazy, useState } from "react";
import { DialogButton } from "@/components/ui/dialog-button";
import { Notice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { Applied } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./rule-list.module.css";

const ConfirmDialog = lazy(() => import("@/components/ui/confirm-dialog").then((module) => ({ default: module.ConfirmDialog<Applied> })));

const TIMEOUT_MS = 300_000;

/** All rules that are on, in their order; says afterwards what they have changed. */
export function ApplyAll({ count }: { count: number }) {
  const { t } = useI18n();
  const [applied, setApplied] = useState<Applied>();
  return (
    <div className={styles.foot}>
      <p className={styles.footText}>{t("rules.applyAllIntro")}</p>
      <DialogButton label={t("rules.applyAll")} variant="secondary">
        {({ onClose, onDone }) => (
          <ConfirmDialog
            title={t("rules.applyAllTitle")}
            action={t("rules.applyAllConfirm")}
            run={() => api.post<Applied>("/rules/apply", undefined, { timeoutMs: TIMEOUT_MS })}
            onDone={(result) => {
              setApplied(result);
              onDone();
            }}
            onClose={onClose}
          >
            <p>{t("rules.applyAllDetail", { count })}</p>
          </ConfirmDialog>
        )}
      </DialogButton>
      {applied && <Notice tone="success">{t("rules.applied", { count: applied.changed, examined: applied.examined })}</Notice>}
    </div>
  );
}
