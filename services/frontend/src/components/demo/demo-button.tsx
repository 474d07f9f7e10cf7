"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { ExampleBooks } from "@/lib/api/schema";
import { useAction } from "@/lib/use-action";
import { useI18n } from "#i18n";

const TIMEOUT_MS = 120_000;

/** Fills an account with nothing in it; where there is something already, the API refuses. Wants the messages of `demo`. */
export function DemoButton() {
  const { t } = useI18n();
  const router = useRouter();
  const [added, setAdded] = useState<ExampleBooks>();
  const { busy, problem, act } = useAction();

  function add() {
    void act(
      () => api.post<ExampleBooks>("/demo", undefined, { timeoutMs: TIMEOUT_MS }),
      (books) => {
        setAdded(books);
        router.refresh();
      },
    );
  }

  if (added) return <Notice tone="success">{t("demo.added", { count: added.transactions })}</Notice>;
  return (
    <>
      <Button variant="secondary" disabled={busy} onClick={add}>
        {t(busy ? "demo.adding" : "demo.add")}
      </Button>
      <ProblemNotice problem={problem} />
    </>
  );
}
