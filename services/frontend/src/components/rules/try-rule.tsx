import { useState } from "react";
import { EffectList } from "@/components/rules/effect-list";
import type { Lists } from "@/components/rules/lists";
import { readRule } from "@/components/rules/read-rule";
import { Button } from "@/components/ui/button";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { Preview } from "@/lib/api/schema";
import { useAction } from "@/lib/use-action";
import { useI18n } from "#i18n";
import styles from "./rule-fields.module.css";

const SHOWN = 10;

/** Tries what the form around it holds, before it is saved. */
export function TryRule({ lists }: { lists: Lists }) {
  const { t } = useI18n();
  const { busy, problem, act } = useAction();
  const [found, setFound] = useState<Preview>();

  function tryOut(form: HTMLFormElement) {
    setFound(undefined);
    const rule = readRule(new FormData(form));
    // To be tried, a rule needs no name yet.
    const wanted = { ...rule, name: rule.name || "?" };
    void act(() => api.post<Preview>(`/rules/preview?limit=${SHOWN}`, wanted), setFound);
  }

  return (
    <div className={styles.part}>
      <div>
        <Button variant="secondary" disabled={busy} onClick={({ currentTarget }) => currentTarget.form && tryOut(currentTarget.form)}>
          {t(busy ? "rules.trying" : "rules.try")}
        </Button>
      </div>
      <ProblemNotice problem={problem} />
      {found && (
        <>
          <Notice tone="info">{t(found.items.length === 0 ? "rules.tryNone" : found.next_cursor ? "rules.tryFirst" : "rules.tryAll", { count: found.items.length })}</Notice>
          {found.items.length > 0 && <EffectList effects={found.items} lists={lists} />}
        </>
      )}
    </div>
  );
}
