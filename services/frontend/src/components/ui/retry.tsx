"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { useI18n } from "#i18n";

/** Asks the server for the page again and keeps what is on the screen until the answer is there. */
export function Retry() {
  const { t } = useI18n();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <Button variant="secondary" disabled={pending} onClick={() => startTransition(() => router.refresh())}>
      {t(pending ? "problem.retrying" : "problem.retry")}
    </Button>
  );
}
