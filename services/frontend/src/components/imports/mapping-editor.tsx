"use client";

import { type SubmitEvent, useEffect, useState } from "react";
import { ColumnSelect } from "@/components/imports/column-select";
import { readHead, tableOf } from "@/components/imports/csv-head";
import { DATE_FORMATS, type Draft, draftOf, MAX_NOTES, mappingOf, type SingleColumn } from "@/components/imports/mapping";
import { SaveProfile } from "@/components/imports/save-profile";
import { Button } from "@/components/ui/button";
import { CheckboxField, SelectField, TextField } from "@/components/ui/field";
import { ProblemNotice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Problem } from "@/lib/api/problem";
import type { ImportPreview, Mapping } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import form from "@/components/ui/form-grid.module.css";
import styles from "./mapping-editor.module.css";

const SHOWN_ROWS = 5;

interface MappingEditorProps {
  file: File;
  /** How the file was read so far; undefined where it couldn't be. */
  read: ImportPreview | undefined;
  /** What the file gives now. */
  preview: ImportPreview | undefined;
  busy: boolean;
  problem: Problem | undefined;
  onRead: (mapping: Mapping) => void;
  onClose: () => void;
}

/** Which column of a CSV holds what; begins with what was found out. */
export function MappingEditor({ file, read, preview, busy, problem, onRead, onClose }: MappingEditorProps) {
  const { t } = useI18n();
  const [draft, setDraft] = useState<Draft>(() => draftOf(read?.mapping ?? read?.guess, read?.header));
  const [head, setHead] = useState("");

  useEffect(() => {
    // A file that has gone away meanwhile has no sample; sending it says so.
    readHead(file).then(setHead, () => setHead(""));
  }, [file]);

  const table = tableOf(head, draft.delimiter, draft.skipRows);
  const first = table.rows[draft.skipRows] ?? [];
  const sample = table.rows.slice(draft.skipRows, draft.skipRows + SHOWN_ROWS + 1);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const select = (name: SingleColumn, required = false) => (
    <ColumnSelect
      label={t(`imports.column.${name}`)}
      row={first}
      named={draft.hasHeader}
      value={draft.columns[name]}
      required={required}
      onChange={(value) => change({ columns: { ...draft.columns, [name]: value } })}
    />
  );
  const formats = draft.dateFormat && !DATE_FORMATS.includes(draft.dateFormat) ? [draft.dateFormat, ...DATE_FORMATS] : DATE_FORMATS;

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    // By the columns that are shown here; the places of those that another delimiter makes are others.
    onRead(mappingOf({ ...draft, delimiter: head && table.delimiter }));
  }

  return (
    <Panel title={t("imports.mapTitle")}>
      <p className={styles.intro}>{t("imports.mapIntro")}</p>
      {sample.length > 0 && (
        <div className={styles.scroll} role="region" aria-label={t("imports.sample")} tabIndex={0}>
          <table className={styles.table}>
            <tbody>
              {sample.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) =>
                    draft.hasHeader && index === 0 ? (
                      <th key={column} scope="col" dir="auto">
                        {cell}
                      </th>
                    ) : (
                      <td key={column} dir="auto">
                        {cell}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <form method="post" onSubmit={onSubmit} className={form.form}>
        <div className={form.fields}>
          {select("date", true)}
          <SelectField label={t("imports.amounts")} value={draft.twoColumns ? "two" : "one"} onChange={(event) => change({ twoColumns: event.target.value === "two" })}>
            <option value="one">{t("imports.amounts.one")}</option>
            <option value="two">{t("imports.amounts.two")}</option>
          </SelectField>
          {draft.twoColumns ? (
            <>
              {select("debit", !draft.columns.credit)}
              {select("credit", !draft.columns.debit)}
            </>
          ) : (
            <>
              {select("amount", true)}
              <SelectField label={t("imports.sign")} value={draft.sign} onChange={(event) => change({ sign: event.target.value as Draft["sign"] })}>
                <option value="negative_is_spending">{t("imports.sign.negative_is_spending")}</option>
                <option value="positive_is_spending">{t("imports.sign.positive_is_spending")}</option>
              </SelectField>
            </>
          )}
          {select("payee")}
          {[...draft.notes, ""].slice(0, MAX_NOTES).map((note, index) => (
            <ColumnSelect
              key={index}
              label={index ? t("imports.column.nextNote", { number: index + 1 }) : t("imports.column.note")}
              row={first}
              named={draft.hasHeader}
              value={note}
              onChange={(value) => change({ notes: [...draft.notes.slice(0, index), value, ...draft.notes.slice(index + 1)].filter(Boolean) })}
            />
          ))}
        </div>
        <div className={form.fields}>
          <SelectField label={t("imports.dateFormat")} value={draft.dateFormat} onChange={(event) => change({ dateFormat: event.target.value })}>
            <option value="">{t("imports.auto")}</option>
            {formats.map((format) => (
              <option key={format}>{format}</option>
            ))}
          </SelectField>
          <SelectField label={t("imports.decimal")} value={draft.decimal} onChange={(event) => change({ decimal: event.target.value })}>
            <option value="">{t("imports.auto")}</option>
            <option value=".">{t("imports.decimal.point")}</option>
            <option value=",">{t("imports.decimal.comma")}</option>
          </SelectField>
        </div>
        <details className={styles.more} open={!read || undefined}>
          <summary>{t("imports.mapMore")}</summary>
          <div className={form.fields}>
            {select("fee")}
            {select("currency")}
            {select("external_id")}
            <SelectField label={t("imports.delimiter")} value={draft.delimiter} onChange={(event) => change({ delimiter: event.target.value })}>
              <option value="">{t("imports.auto")}</option>
              <option value=",">{t("imports.delimiter.comma")}</option>
              <option value=";">{t("imports.delimiter.semicolon")}</option>
              <option value={"\t"}>{t("imports.delimiter.tab")}</option>
              <option value="|">{t("imports.delimiter.bar")}</option>
            </SelectField>
            <TextField
              label={t("imports.skipRows")}
              type="number"
              min={0}
              max={100}
              value={draft.skipRows}
              onChange={(event) => change({ skipRows: Math.min(100, Math.max(0, event.target.valueAsNumber || 0)) })}
            />
          </div>
          <CheckboxField label={t("imports.hasHeader")} checked={draft.hasHeader} onChange={(event) => change({ hasHeader: event.target.checked })} />
        </details>
        <ProblemNotice problem={problem} />
        <div className={styles.buttons}>
          <SubmitButton label={t("imports.readMapped")} busyLabel={t("imports.reading")} busy={busy} />
          <Button variant="quiet" disabled={busy} onClick={onClose}>
            {t("imports.unmap")}
          </Button>
        </div>
      </form>
      {preview?.mapping && !preview.profile && (
        <SaveProfile mapping={preview.mapping} header={preview.header} profile={read?.profile ?? undefined} />
      )}
    </Panel>
  );
}
