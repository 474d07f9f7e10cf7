"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import { FileDrop } from "@/components/imports/file-drop";
import { ImportDone } from "@/components/imports/import-done";
import { DATE_FORMATS } from "@/components/imports/mapping";
import { PreviewPanel } from "@/components/imports/preview-panel";
import { type Statement, statementForm } from "@/components/imports/statement";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { Options } from "@/components/ui/options";
import { Panel } from "@/components/ui/panel";
import { api } from "@/lib/api/browser";
import type { Problem } from "@/lib/api/problem";
import type { Account, ImportPreview, ImportProfile, ImportResult } from "@/lib/api/schema";
import { randomHex } from "@/lib/trace";
import { useI18n } from "#i18n";
import styles from "@/components/ui/form-grid.module.css";

const MappingEditor = lazy(() => import("@/components/imports/mapping-editor").then((module) => ({ default: module.MappingEditor })));

const TIMEOUT_MS = 120_000;
const MIB = 1024 * 1024;
/** Of a CSV that can be read once somebody says what its columns are; without a header nothing else helps. */
const MAPPABLE = ["malformed_csv", "ambiguous_dates", "ambiguous_numbers", "mixed_dates", "mixed_numbers", "mapping_mismatch"];

type Step =
  | { name: "choose" }
  | { name: "reading" }
  | { name: "preview" | "importing"; preview: ImportPreview; key: string }
  | { name: "done"; result: ImportResult };

interface ImportWizardProps {
  accounts: Account[];
  profiles: ImportProfile[];
  initialAccount: string;
  /** In MiB; the backend's limit, which the answer of an ingress controller that has one too wouldn't name. */
  uploadLimit: number;
}

/** How a file is read follows from the file; the account and the profile are kept for the next one. */
const FOUND_OUT = { mapping: undefined, dateFormat: "", statementAccount: "" };

/** Choose, look, confirm: the same file is sent twice, and only the second time is anything saved. */
export function ImportWizard({ accounts, profiles, initialAccount, uploadLimit }: ImportWizardProps) {
  const { t } = useI18n();
  const router = useRouter();
  const [wanted, setWanted] = useState<Omit<Statement, "file"> & { file?: File }>({ accountId: initialAccount, profileId: "", ...FOUND_OUT });
  const [step, setStep] = useState<Step>({ name: "choose" });
  const [problem, setProblem] = useState<Problem>();
  const [mapped, setMapped] = useState<ImportPreview | "unread">();

  async function read(change: Partial<Statement>) {
    const next = { ...wanted, ...change };
    setWanted(next);
    setProblem(undefined);
    const { file } = next;
    if (!file) return;
    // Not even sent: a connection that is closed on a long upload looks like a service that doesn't answer.
    if (file.size > uploadLimit * MIB) {
      setStep({ name: "choose" });
      setProblem(tooLarge());
      return;
    }
    setStep({ name: "reading" });
    const result = await api.post<ImportPreview>("/imports/preview", statementForm({ ...next, file }), { timeoutMs: TIMEOUT_MS });
    if (result.ok) {
      setStep({ name: "preview", preview: result.data, key: randomHex(16) });
    } else {
      setStep({ name: "choose" });
      setProblem(named(result.problem));
      if (result.problem.code === "no_header") setMapped("unread");
    }
  }

  async function confirm({ preview, key }: { preview: ImportPreview; key: string }, file: File) {
    setStep({ name: "importing", preview, key });
    setProblem(undefined);
    const result = await api.post<ImportResult>("/imports", statementForm({ ...wanted, file }), { timeoutMs: TIMEOUT_MS, idempotencyKey: key });
    if (result.ok) {
      setStep({ name: "done", result: result.data });
      router.refresh();
    } else {
      setStep({ name: "preview", preview, key });
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

  function choose(file: File) {
    setMapped(undefined);
    void read({ file, ...FOUND_OUT });
  }

  function startOver() {
    const { accountId, profileId } = wanted;
    setWanted({ accountId, profileId, ...FOUND_OUT });
    setMapped(undefined);
    setProblem(undefined);
    setStep({ name: "choose" });
  }

  if (step.name === "done") return <ImportDone result={step.result} accountId={wanted.accountId} onAnother={startOver} />;

  const { file } = wanted;
  const busy = step.name === "reading" || step.name === "importing";
  const preview = step.name === "preview" || step.name === "importing" ? step : undefined;
  const refused = preview ? undefined : problem;
  const asksAccount = wanted.statementAccount || problem?.errors.some(({ field }) => field === "statement_account");
  const asksDates = !mapped && (wanted.dateFormat || problem?.code === "ambiguous_dates");
  return (
    <>
      <Panel>
        <div className={styles.form}>
          <div className={styles.fields}>
            <SelectField
              label={t("imports.account")}
              value={wanted.accountId}
              disabled={busy}
              onChange={(event) => void read({ accountId: event.target.value })}
            >
              <Options entries={accounts} />
            </SelectField>
            {profiles.length > 0 && (
              <SelectField
                label={t("imports.profile")}
                value={wanted.profileId}
                disabled={busy}
                onChange={(event) => {
                  setMapped(undefined);
                  void read({ profileId: event.target.value, mapping: undefined });
                }}
              >
                <option value="">{t("imports.profileAuto")}</option>
                <Options entries={profiles} />
              </SelectField>
            )}
          </div>
          <FileDrop file={file} disabled={busy} onChoose={choose} />
          {step.name === "reading" && <Notice tone="info">{t("imports.reading")}</Notice>}
          {!mapped && <ProblemNotice problem={refused} />}
          {asksAccount && (
            <form
              className={styles.fields}
              onSubmit={(event) => {
                event.preventDefault();
                void read({ statementAccount: String(new FormData(event.currentTarget).get("statement_account")).trim() });
              }}
            >
              <TextField label={t("imports.statementAccount")} hint={t("imports.statementAccountHint")} name="statement_account" defaultValue={wanted.statementAccount} maxLength={200} dir="auto" />
              <div>
                <Button type="submit" variant="secondary" disabled={busy}>
                  {t("imports.readAgain")}
                </Button>
              </div>
            </form>
          )}
          {asksDates && (
            <SelectField label={t("imports.dateFormat")} value={wanted.dateFormat} disabled={busy} onChange={(event) => void read({ dateFormat: event.target.value })}>
              <option value="">{t("imports.auto")}</option>
              {DATE_FORMATS.map((format) => (
                <option key={format}>{format}</option>
              ))}
            </SelectField>
          )}
          {file && refused && !busy && !mapped && !asksAccount && (
            <div>
              <Button variant="secondary" onClick={() => void read({})}>
                {t("imports.readAgain")}
              </Button>
              {MAPPABLE.includes(refused.code) && (
                <Button variant="quiet" onClick={() => setMapped("unread")}>
                  {t("imports.map")}
                </Button>
              )}
            </div>
          )}
        </div>
      </Panel>
      {file && mapped && (
        <Suspense>
          <MappingEditor
            key={`${file.name} ${file.lastModified}`}
            file={file}
            read={mapped === "unread" ? undefined : mapped}
            preview={preview?.preview}
            busy={busy}
            problem={refused}
            onRead={(mapping) => void read({ mapping, dateFormat: "" })}
            onClose={() => {
              setMapped(undefined);
              if (wanted.mapping) void read({ mapping: undefined });
            }}
          />
        </Suspense>
      )}
      {file && preview && (
        <PreviewPanel
          preview={preview.preview}
          importing={step.name === "importing"}
          problem={problem}
          onMap={mapped ? undefined : () => setMapped(preview.preview)}
          onConfirm={() => void confirm(preview, file)}
          onCancel={startOver}
        />
      )}
    </>
  );
}
