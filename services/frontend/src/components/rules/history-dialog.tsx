"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { EffectList } from "@/components/rules/effect-list";
import type { Lists } from "@/components/rules/lists";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { Problem, Result } from "@/lib/api/problem";
import type { Applied, Effect, Preview } from "@/lib/api/schema";
import { useAction } from "@/lib/use-action";
import { useI18n } from "#i18n";

const PAGE_SIZE = 200;
const SHOWN = 100;
export const MOST_COUNTED = 1000;
const TIMEOUT_MS = 300_000;

interface HistoryDialogProps {
  title: string;
  /** Of what is asked what it would change, and of what changes it. */
  paths: { preview: string; apply: string };
  lists: Lists;
  onClose: () => void;
}

/** Looks what one rule, or all of them, would change in all that there is, and changes it once that was seen. */
export function HistoryDialog({ title, paths, lists, onClose }: HistoryDialogProps) {
  const { t } = useI18n();
  const router = useRouter();
  const [found, setFound] = useState<{ effects: Effect[]; isAll: boolean }>();
  const [failed, setFailed] = useState<Problem>();
  const [applied, setApplied] = useState<Applied>();
  const { busy, problem, act } = useAction();

  useEffect(() => {
    let closed = false;
    async function look() {
      const effects: Effect[] = [];
      let cursor: string | null = "";
      do {
        const query: URLSearchParams = new URLSearchParams({ limit: String(PAGE_SIZE), ...(cursor && { cursor }) });
        const page: Result<Preview> = await api.post<Preview>(`${paths.preview}?${query}`, undefined, { timeoutMs: TIMEOUT_MS });
        if (closed) return;
        if (!page.ok) return setFailed(page.problem);
        effects.push(...page.data.items);
        cursor = page.data.next_cursor;
      } while (cursor && effects.length < MOST_COUNTED);
      setFound({ effects, isAll: !cursor });
    }
    void look();
    return () => {
      closed = true;
    };
  }, [paths.preview]);

  const count = found?.effects.length ?? 0;
  return (
    <Dialog title={title} onClose={onClose}>
      {!found && !failed && <p role="status">{t("rules.looking")}</p>}
      <ProblemNotice problem={failed} />
      {found && !applied && (
        <>
          <Notice tone="info">{t(count === 0 ? "rules.historyNone" : found.isAll ? "rules.historyCount" : "rules.historyAtLeast", { count })}</Notice>
          {count > 0 && <EffectList effects={found.effects.slice(0, SHOWN)} lists={lists} />}
          {count > SHOWN && <p>{t("rules.historyFirst", { count: SHOWN })}</p>}
        </>
      )}
      <ProblemNotice problem={problem} />
      {applied && <Notice tone="success">{t("rules.applied", { count: applied.changed, examined: applied.examined })}</Notice>}
      <DialogActions>
        <Button variant="secondary" onClick={onClose}>
          {t(applied || count === 0 ? "app.close" : "app.cancel")}
        </Button>
        {found && count > 0 && !applied && (
          <Button
            disabled={busy}
            onClick={() =>
              act(
                () => api.post<Applied>(paths.apply, undefined, { timeoutMs: TIMEOUT_MS }),
                (result) => {
                  setApplied(result);
                  router.refresh();
                },
              )
            }
          >
            {busy ? t("app.working") : t(found.isAll ? "rules.applyCount" : "rules.applyMany", { count })}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
