"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import { signInPath } from "@/lib/return-path";
import { useAction } from "@/lib/use-action";
import { useI18n } from "#i18n";

export function EndSession({ id, device }: { id: string; device: string }) {
  const { t } = useI18n();
  const router = useRouter();
  const { busy, problem, act } = useAction();
  return (
    <div>
      <Button
        variant="secondary"
        aria-label={t("settings.endSessionOf", { device })}
        disabled={busy}
        onClick={() => act(() => api.delete(`/auth/sessions/${id}`), () => router.refresh())}
      >
        {t("settings.endSession")}
      </Button>
      <ProblemNotice problem={problem} />
    </div>
  );
}

export function SignOutEverywhere() {
  const { t } = useI18n();
  const [asking, setAsking] = useState(false);
  return (
    <div>
      <Button variant="secondary" onClick={() => setAsking(true)}>
        {t("settings.signOutEverywhere")}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t("settings.signOutEverywhere")}
          action={t("settings.signOutEverywhere")}
          run={() => api.post("/auth/sign-out-everywhere")}
          // A full load, so that nothing of this user stays in the page's memory.
          onDone={() => window.location.assign(signInPath())}
          onClose={() => setAsking(false)}
        >
          {t("settings.signOutEverywhereDetail")}
        </ConfirmDialog>
      )}
    </div>
  );
}
