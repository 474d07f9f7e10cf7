import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { TextAreaField, TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { api } from "@/lib/api/browser";
import type { TableResult } from "@/lib/api/schema";
import { today } from "@/lib/dates";
import { field, useSubmit } from "@/lib/use-submit";
import { useI18n } from "#i18n";
import styles from "./table-import-dialog.module.css";

const SAMPLES = {
  prices: (day: string) => `symbol,date,price\nACME,${day},103.25`,
  rates: (day: string) => `date,from,to,rate\n${day},USD,PKR,281.5`,
};

/** Takes a whole table of prices or rates, or none of it; each row that can't be taken is named with its reason. */
export default function TableImportDialog({ what, onClose }: { what: keyof typeof SAMPLES; onClose: () => void }) {
  const { t } = useI18n();
  const router = useRouter();
  const [csv, setCsv] = useState("");
  const [done, setDone] = useState<TableResult>();
  const { busy, problem, onSubmit } = useSubmit(
    (values) => {
      setDone(undefined);
      return api.post<TableResult>(`/${what}/import`, { csv: field(values, "csv") });
    },
    (result) => {
      setDone(result);
      setCsv("");
      router.refresh();
    },
  );
  const rows = (problem?.errors ?? []).filter((error) => error.field.startsWith("csv."));
  return (
    <Dialog title={t(`investments.import.${what}`)} onClose={onClose}>
      <Form problem={problem} onSubmit={onSubmit}>
        <p>{t("investments.importHint")}</p>
        <pre dir="ltr" className={styles.sample}>
          {SAMPLES[what](today())}
        </pre>
        <TextField
          label={t("investments.file")}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          optional
          onChange={async (event) => {
            const file = event.target.files?.[0];
            if (file) setCsv(await file.text());
          }}
        />
        <TextAreaField label={t("investments.table")} name="csv" dir="ltr" rows={6} spellCheck={false} value={csv} onChange={(event) => setCsv(event.target.value)} />
        <ProblemNotice problem={problem} />
        {rows.length > 0 && (
          <ul aria-label={t("investments.rowErrors")} className={styles.errors}>
            {rows.map(({ field: place, message }) => (
              <li key={place}>
                {t("investments.row", { row: place.slice("csv.".length) })} <bdi>{message}</bdi>
              </li>
            ))}
          </ul>
        )}
        {done && <Notice tone="success">{t("investments.imported", { ...done })}</Notice>}
        <DialogActions>
          <Button variant="secondary" onClick={onClose}>
            {t("app.close")}
          </Button>
          <SubmitButton label={t("investments.importNow")} busyLabel={t("app.working")} busy={busy} />
        </DialogActions>
      </Form>
    </Dialog>
  );
}
