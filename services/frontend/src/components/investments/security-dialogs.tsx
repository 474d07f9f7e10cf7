import { CurrencyField } from "@/components/ui/currency-field";
import { EditDialog } from "@/components/ui/edit-dialog";
import { SelectField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import styles from "@/components/ui/form-grid.module.css";
import { api } from "@/lib/api/browser";
import type { Security, SecurityKind } from "@/lib/api/schema";
import { field } from "@/lib/use-submit";
import { useI18n } from "#i18n";

export const SECURITY_KINDS: SecurityKind[] = ["stock", "fund", "etf", "bond", "crypto", "commodity", "other"];

interface DialogProps {
  onClose: () => void;
  onDone: () => void;
}

function SecurityFields({ security }: { security?: Security }) {
  const { t } = useI18n();
  return (
    <>
      <div className={styles.fields}>
        <TextField label={t("investments.symbol")} hint={t("investments.symbolHint")} name="symbol" dir="auto" maxLength={40} autoComplete="off" defaultValue={security?.symbol} />
        <SelectField label={t("investments.securityKind")} name="kind" defaultValue={security?.kind}>
          {SECURITY_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`investments.security.${kind}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField label={t("investments.name")} name="name" dir="auto" maxLength={200} autoComplete="off" defaultValue={security?.name} optional={!security} />
    </>
  );
}

function read(values: FormData) {
  return { symbol: field(values, "symbol"), name: field(values, "name") || null, kind: field(values, "kind") };
}

export function NewSecurityDialog({ currency, ...dialog }: DialogProps & { currency: string | undefined }) {
  const { t } = useI18n();
  return (
    <FormDialog
      title={t("investments.addSecurity")}
      submit={t("app.save")}
      send={(values, idempotencyKey) => api.post<Security>("/securities", { ...read(values), currency: field(values, "currency") }, { idempotencyKey })}
      {...dialog}
    >
      <SecurityFields />
      <CurrencyField label={t("investments.securityCurrency")} hint={t("investments.securityCurrencyHint")} defaultValue={currency} />
    </FormDialog>
  );
}

export function EditSecurityDialog({ id, symbol, onDone, onClose }: DialogProps & { id: string; symbol: string }) {
  const { t } = useI18n();
  return (
    <EditDialog<Security> title={t("investments.editLabel", { name: symbol })} path={`/securities/${id}`} read={read} onSaved={onDone} onClose={onClose}>
      {(security) => <SecurityFields security={security} />}
    </EditDialog>
  );
}
