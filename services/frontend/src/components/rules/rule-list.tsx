"use client";

import { lazy, useEffect, useRef, useState } from "react";
import type { Lists } from "@/components/rules/lists";
import { DeleteButton } from "@/components/ui/delete-button";
import { DialogButton } from "@/components/ui/dialog-button";
import { ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { Problem, Result } from "@/lib/api/problem";
import { useI18n } from "#i18n";
import hidden from "@/components/ui/visually-hidden.module.css";
import styles from "./rule-list.module.css";

const RuleDialog = lazy(() => import("@/components/rules/rule-dialog").then((module) => ({ default: module.RuleDialog })));
const HistoryDialog = lazy(() => import("@/components/rules/history-dialog").then((module) => ({ default: module.HistoryDialog })));

export interface RuleRow {
  id: string;
  name: string;
  enabled: boolean;
  sentence: string;
}

/** In the order in which they are tried. What is moved or switched shows at once, and goes back when it is refused. */
export function RuleList({ rules, lists }: { rules: RuleRow[]; lists: Lists }) {
  const { t } = useI18n();
  const [given, setGiven] = useState(rules);
  const [shown, setShown] = useState(rules);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [moved, setMoved] = useState<{ id: string; by: -1 | 1; text: string }>();
  const list = useRef<HTMLOListElement>(null);

  if (given !== rules) {
    setGiven(rules);
    setShown(rules);
  }

  // A button that is moved within the page loses the focus.
  useEffect(() => {
    if (moved) list.current?.querySelector<HTMLElement>(`[data-move="${moved.id} ${moved.by}"]`)?.focus();
  }, [moved]);

  async function change(next: RuleRow[], send: () => Promise<Result<object>>): Promise<void> {
    setShown(next);
    setBusy(true);
    setProblem(undefined);
    const result = await send();
    setBusy(false);
    if (result.ok) return;
    setShown(shown);
    setProblem(result.problem);
  }

  function move(index: number, by: -1 | 1) {
    const to = index + by;
    if (busy || to < 0 || to >= shown.length) return;
    const next = shown.toSpliced(index, 1).toSpliced(to, 0, shown[index]!);
    const { id, name } = shown[index]!;
    setMoved({ id, by, text: t("rules.moved", { name, place: to + 1, count: next.length }) });
    void change(next, () => api.post("/rules/order", { ids: next.map((rule) => rule.id) }));
  }

  function enable(id: string, enabled: boolean) {
    const next = shown.map((rule) => (rule.id === id ? { ...rule, enabled } : rule));
    void change(next, () => api.patch(`/rules/${id}`, { enabled }));
  }

  return (
    <>
      <ol ref={list} className={styles.list}>
        {shown.map(({ id, name, enabled, sentence }, index) => (
          <li key={id} className={enabled ? styles.rule : `${styles.rule} ${styles.off}`}>
            <div className={styles.order}>
              {([-1, 1] as const).map((by) => (
                <button
                  key={by}
                  type="button"
                  className={styles.move}
                  data-move={`${id} ${by}`}
                  aria-label={t(by < 0 ? "rules.up" : "rules.down", { name })}
                  aria-disabled={index + by < 0 || index + by >= shown.length}
                  onClick={() => move(index, by)}
                >
                  <svg aria-hidden width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
                    <path d={by < 0 ? "m6 14.5 6-6 6 6" : "m6 9.5 6 6 6-6"} />
                  </svg>
                </button>
              ))}
            </div>
            <div className={styles.what}>
              <h3 className={styles.name}>
                <bdi>{name}</bdi>
              </h3>
              <p className={styles.sentence}>{sentence}</p>
            </div>
            <label className={styles.enable}>
              <input type="checkbox" role="switch" checked={enabled} disabled={busy} aria-label={t("rules.enabledOf", { name })} onChange={(event) => enable(id, event.target.checked)} />
              {t(enabled ? "rules.on" : "rules.off")}
            </label>
            <div className={styles.actions}>
              <DialogButton label={t("app.edit")} name={t("rules.editOf", { name })}>
                {({ onClose, onDone }) => <RuleDialog id={id} lists={lists} onDone={onDone} onClose={onClose} />}
              </DialogButton>
              <DialogButton label={t("rules.history")} name={t("rules.historyOf", { name })}>
                {({ onClose }) => (
                  <HistoryDialog
                    title={t("rules.historyTitle", { name })}
                    paths={{ preview: `/rules/${id}/preview`, apply: `/rules/${id}/apply` }}
                    lists={lists}
                    onClose={onClose}
                  />
                )}
              </DialogButton>
              <DeleteButton path={`/rules/${id}`} title={t("rules.delete", { name })} detail={t("rules.deleteDetail")} />
            </div>
          </li>
        ))}
      </ol>
      <ProblemNotice problem={problem} />
      <p role="status" className={hidden.hidden}>
        {moved?.text}
      </p>
    </>
  );
}

export function AddRule({ lists, variant }: { lists: Lists; variant: "primary" | "secondary" }) {
  const { t } = useI18n();
  return (
    <DialogButton label={t("rules.add")} variant={variant}>
      {({ onClose, onDone }) => <RuleDialog lists={lists} onDone={onDone} onClose={onClose} />}
    </DialogButton>
  );
}
