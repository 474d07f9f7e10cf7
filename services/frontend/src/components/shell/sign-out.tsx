"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { ProblemNotice } from "@/components/ui/notice";
import { publicApi } from "@/lib/api/browser";
import type { Problem } from "@/lib/api/problem";
import { signInPath } from "@/lib/return-path";
import { useI18n } from "#i18n";

export function SignOut() {
  const { t } = useI18n();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function signOut() {
    setBusy(true);
    setProblem(undefined);
    const result = await publicApi.post("/auth/sign-out");
    if (result.ok || result.problem.status === 401) {
      // A full load, so that nothing of this user stays in the page's memory.
      window.location.assign(signInPath());
      return;
    }
    setProblem(result.problem);
    setBusy(false);
  }

  return (
    <>
      <Button variant="quiet" disabled={busy} onClick={signOut}>
        <Icon name="signOut" />
        {t(busy ? "nav.signingOut" : "nav.signOut")}
      </Button>
      <ProblemNotice problem={problem} />
    </>
  );
}
