"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { NotificationsRead } from "@/lib/api/schema";
import { useAction } from "@/lib/use-action";
import { useI18n } from "#i18n";

export function MarkAllRead() {
  const { t } = useI18n();
  const router = useRouter();
  const { busy, problem, act } = useAction();
  return (
    <>
      <Button
        variant="secondary"
        disabled={busy}
        onClick={() => void act(() => api.post<NotificationsRead>("/notifications/read-all"), () => router.refresh())}
      >
        {t(busy ? "app.working" : "notifications.markAllRead")}
      </Button>
      <ProblemNotice problem={problem} />
    </>
  );
}
