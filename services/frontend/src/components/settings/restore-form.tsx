"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { api } from "@/lib/api/browser";
import type { Restored } from "@/lib/api/schema";
import { useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";

const TIMEOUT_MS = 330_000;

export function RestoreForm() {
  const { t } = useI18n();
  const router = useRouter();
  const [count, setCount] = useState<number>();
  const { busy, problem, onSubmit } = useSubmit(
    (values) => {
      setCount(undefined);
      return api.post<Restored>("/restore", values.get("file") as File, { timeoutMs: TIMEOUT_MS });
    },
    ({ tables }, element) => {
      setCount(Object.values(tables).reduce((sum, rows) => sum + rows, 0));
      element.reset();
      router.refresh();
    },
  );
  return (
    <Form problem={problem} onSubmit={onSubmit}>
      <TextField label={t("settings.archiveFile")} name="file" type="file" accept=".json,.gz,application/json,application/gzip" />
      <ProblemNotice problem={problem} />
      {count !== undefined && <Notice tone="success">{t("settings.restored", { count })}</Notice>}
      <div>
        <SubmitButton label={t("settings.restore")} busyLabel={t("settings.restoring")} busy={busy} />
      </div>
    </Form>
  );
}
