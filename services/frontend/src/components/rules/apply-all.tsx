"use client";

import { lazy } from "react";
import type { Lists } from "@/components/rules/lists";
import { DialogButton } from "@/components/ui/dialog-button";
import { useI18n } from "#i18n";
import styles from "./rule-list.module.css";

const HistoryDialog = lazy(() => import("@/components/rules/history-dialog").then((module) => ({ default: module.HistoryDialog })));

/** All rules that are on, in their order, and what they would change before they do. */
export function ApplyAll({ lists }: { lists: Lists }) {
  const { t } = useI18n();
  return (
    <div className={styles.foot}>
      <p className={styles.footText}>{t("rules.applyAllIntro")}</p>
      <DialogButton label={t("rules.applyAll")} variant="secondary">
        {({ onClose }) => (
          <HistoryDialog title={t("rules.applyAllTitle")} paths={{ preview: "/rules/apply/preview", apply: "/rules/apply" }} lists={lists} onClose={onClose} />
        )}
      </DialogButton>
    </div>
  );
}
