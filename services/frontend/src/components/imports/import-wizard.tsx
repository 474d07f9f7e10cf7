"use client";

import { useState } from "react";
import { FileDrop } from "@/components/imports/file-drop";
import { ImportDone } from "@/components/imports/import-done";
import { PreviewPanel } from "@/components/imports/preview-panel";
import { Options, SelectField } from "@/components/ui/field";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { api } from "@/lib/api/browser";
import type { Problem } from "@/lib/api/problem";
import type { Account, ImportPreview, ImportResult } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "@/components/ui/form-grid.module.css";

const TIMEOUT_MS = 120_000;
const MIB = 1024 * 1024;

type Step =
  | { name: "choose" }
  | { name: "reading" }
  | { name: "preview"; preview: ImportPreview }
  | { name: "importing"; preview: ImportPreview }
  | { name: "done"; result: ImportResult };

interface ImportWizardProps {
  accounts: Account[];
  initialAccount: string;
  /** In MiB; the backend's limit, which the answer of an ingress controller that has one too wouldn't name. */
  uploadLimit: number;
}

/** Choose, look, confirm: the same file is sent twice, and only the second time is anything saved. */
export function ImportWizard({ accounts, initialAccount, uploadLimit }: ImportWizardProps) {
  const { t } = useI18n();
  const [accountId, setAccountId] = useState(initialAccount);
  const [file, setFile] = useState<File>();
  const [step, setStep] = useState<Step>({ name: "choose" });
  const [problem, setProblem] = useState<Problem>();

  async function read(chosen: File, account: string) {
    setFile(chosen);
    setProblem(undefined);
    // Not even sent: a connection that is closed on a long upload looks like a service that doesn't answer.
    if (chosen.size > uploadLimit * MIB) {
      setStep({ name: "choose" });
      setProblem(tooLarge());
      return;
    }
    setStep({ name: "reading" });
    const result = await api.post<ImportPreview>("/imports/preview", statement(chosen, account), { timeoutMs: TIMEOUT_MS });
    if (result.ok) {
      setStep({ name: "preview", preview: result.data });
    } else {
      setStep({ name: "choose" });
      setProblem(named(result.problem));
    }
  }

  async function confirm(chosen: File, preview: ImportPreview) {
    setStep({ name: "importing", preview });
    setProblem(undefined);
    const result = await api.post<ImportResult>("/imports", statement(chosen, accountId), { timeoutMs: TIMEOUT_MS });
    if (result.ok) {
      setStep({ name: "done", result: result.data });
    } else {
      setStep({ name: "preview", preview });
      setProblem(named(result.problem));
    }
  }

  function tooLarge(traceId = ""): Problem {
    return { status: 413, code: "too_large", detail: t("imports.tooLarge", { limit: uploadLimit }), errors: [], retryAfterS: undefined, traceId };
  }

  /** An ingress controller refuses a large file in words of its own. */
  function named(refused: Problem): Problem {
    return refused.status === 413 && refused.code !== "too_large" ? tooLarge(refused.traceId) : refused;
  }

  function startOver() {
    setFile(undefined);
    setProblem(undefined);
    setStep({ name: "choose" });
  }

  if (step.name === "done") return <ImportDone result={step.result} onAnother={startOver} />;

  const busy = step.name === "reading" || step.name === "importing";
  return (
    <>
      <Panel>
        <div className={styles.form}>
          <SelectField
            label={t("imports.account")}
            value={accountId}
            disabled={busy}
            onChange={(event) => {
              setAccountId(event.target.value);
              if (file) void read(file, event.target.value);
            }}
          >
            <Options entries={accounts} />
          </SelectField>
          <FileDrop file={file} disabled={busy} onChoose={(chosen) => void read(chosen, accountId)} />
          {step.name === "reading" && <Notice tone="info">{t("imports.reading")}</Notice>}
          <ProblemNotice problem={problem} />
        </div>
      </Panel>
      {file && (step.name === "preview" || step.name === "importing") && (
        <PreviewPanel
          preview={step.preview}
          importing={step.name === "importing"}
          onConfirm={() => void confirm(file, step.preview)}
          onCancel={startOver}
        />
      )}
    </>
  );
}

function statement(file: File, accountId: string): FormData {
  const form = new FormData();
  form.set("account_id", accountId);
  form.set("file", file);
  return form;
}
