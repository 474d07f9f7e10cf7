"use client";

import { useCallback, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { ProblemNotice } from "@/components/ui/notice";
import { refreshSession } from "@/lib/api/browser";
import type { Problem, Result } from "@/lib/api/problem";
import type { Profile } from "@/lib/api/schema";
import { keepPreferences } from "@/lib/preferences";
import { signInAgainPath } from "@/lib/return-path";
import { useI18n } from "#i18n";

/** Renews the session in the browser: the refresh token goes to the API only, so that no page could do it on the server. */
export function Resume({ returnTo }: { returnTo: string }) {
  const { t } = useI18n();
  const [problem, setProblem] = useState<Problem>();

  const settle = useCallback(
    (result: Result<Profile>) => {
      if (result.ok) {
        keepPreferences(result.data);
        window.location.replace(returnTo);
      } else if (result.problem.status === 401) window.location.replace(signInAgainPath(returnTo));
      else setProblem(result.problem);
    },
    [returnTo],
  );

  useEffect(() => {
    void refreshSession().then(settle);
  }, [settle]);

  if (!problem) return <p role="status">{t("app.working")}</p>;
  return (
    <>
      <ProblemNotice problem={problem} />
      <Button
        variant="secondary"
        onClick={() => {
          setProblem(undefined);
          void refreshSession().then(settle);
        }}
      >
        {t("problem.retry")}
      </Button>
    </>
  );
}
