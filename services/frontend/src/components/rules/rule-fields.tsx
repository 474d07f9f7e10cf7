import { useState } from "react";
import type { Lists } from "@/components/rules/lists";
import { Button } from "@/components/ui/button";
import { CheckboxField, SelectField, TextField } from "@/components/ui/field";
import { Options } from "@/components/ui/options";
import { CURRENCIES } from "@/lib/currencies";
import type { Rule, Text, TextField as Field, TextOperator, TransactionStatus } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import form from "@/components/ui/form-grid.module.css";
import styles from "./rule-fields.module.css";

const FIELDS: Field[] = ["payee", "note", "any"];
const OPERATORS: TextOperator[] = ["contains", "equals", "starts", "ends", "pattern"];
const STATUSES: TransactionStatus[] = ["pending", "cleared", "reconciled"];
const MAX_TEXTS = 10;
const BLANK: Text = { field: "payee", operator: "contains", value: "" };

export function RuleFields({ rule, lists }: { rule?: Rule; lists: Lists }) {
  const { t, currencyName } = useI18n();
  const conditions = rule?.conditions;
  const actions = rule?.actions;
  const currencies = [...new Set([...CURRENCIES, ...(conditions?.currency ? [conditions.currency] : [])])];
  return (
    <>
      <TextField label={t("rules.name")} hint={t("rules.nameHint")} name="name" defaultValue={rule?.name} maxLength={100} dir="auto" autoComplete="off" />
      <fieldset className={styles.part}>
        <legend>{t("rules.when")}</legend>
        <Texts given={conditions?.texts ?? []} any={conditions?.any_text ?? false} />
        <div className={form.fields}>
          <SelectField label={t("rules.direction")} name="direction" defaultValue={conditions?.direction ?? ""}>
            <option value="">{t("rules.direction.any")}</option>
            <option value="out">{t("rules.direction.out")}</option>
            <option value="in">{t("rules.direction.in")}</option>
          </SelectField>
          <SelectField label={t("rules.account")} name="account_id" defaultValue={conditions?.account_id ?? ""}>
            <option value="">{t("rules.account.any")}</option>
            <Options entries={lists.accounts} />
          </SelectField>
          <TextField label={t("rules.min")} name="min_amount" defaultValue={conditions?.min_amount ?? ""} inputMode="decimal" autoComplete="off" optional />
          <TextField label={t("rules.max")} name="max_amount" defaultValue={conditions?.max_amount ?? ""} inputMode="decimal" autoComplete="off" optional />
          <SelectField label={t("rules.currency")} name="currency" defaultValue={conditions?.currency ?? ""}>
            <option value="">{t("rules.currency.any")}</option>
            {currencies.map((code) => (
              <option key={code} value={code}>
                {code} · {currencyName(code)}
              </option>
            ))}
          </SelectField>
        </div>
      </fieldset>
      <fieldset className={styles.part}>
        <legend>{t("rules.then")}</legend>
        <div className={form.fields}>
          <SelectField label={t("rules.category")} name="category_id" defaultValue={actions?.category_id ?? ""}>
            <option value="">{t("rules.unchanged")}</option>
            <Options entries={lists.categories} />
          </SelectField>
          <TextField label={t("rules.payee")} name="payee" defaultValue={actions?.payee ?? ""} maxLength={200} dir="auto" autoComplete="off" optional />
          <SelectField label={t("rules.transfer")} name="transfer_account_id" defaultValue={actions?.transfer_account_id ?? ""}>
            <option value="">{t("rules.transfer.none")}</option>
            <Options entries={lists.accounts} />
          </SelectField>
          <SelectField label={t("rules.status")} name="status" defaultValue={actions?.status ?? ""}>
            <option value="">{t("rules.unchanged")}</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {t(`rules.status.${status}`)}
              </option>
            ))}
          </SelectField>
        </div>
        {lists.tags.length > 0 && (
          <fieldset className={styles.tags}>
            <legend>{t("rules.tags")}</legend>
            {lists.tags.map((tag) => (
              <CheckboxField key={tag} label={tag} name="tag" value={tag} defaultChecked={actions?.tags?.includes(tag) ?? false} />
            ))}
          </fieldset>
        )}
        <TextField label={t("rules.newTags")} hint={t("rules.newTagsHint")} name="new_tags" dir="auto" autoComplete="off" optional />
        <CheckboxField label={t("rules.stop")} hint={t("rules.stopHint")} name="stop" defaultChecked={rule?.stop ?? false} />
      </fieldset>
    </>
  );
}

/** As many texts as are wanted; at least one line is there to type in. */
function Texts({ given, any }: { given: Text[]; any: boolean }) {
  const { t } = useI18n();
  const [lines, setLines] = useState(() => (given.length > 0 ? given : [BLANK]).map((text, key) => ({ text, key })));
  const nextKey = Math.max(-1, ...lines.map(({ key }) => key)) + 1;
  return (
    <>
      {lines.map(({ text, key }, index) => (
        <div key={key} role="group" aria-label={t("rules.textNumber", { number: index + 1 })} className={styles.text}>
          <SelectField label={t("rules.textField")} name="text_field" defaultValue={text.field}>
            {FIELDS.map((field) => (
              <option key={field} value={field}>
                {t(`rules.textField.${field}`)}
              </option>
            ))}
          </SelectField>
          <SelectField label={t("rules.textOperator")} name="text_operator" defaultValue={text.operator}>
            {OPERATORS.map((operator) => (
              <option key={operator} value={operator}>
                {t(`rules.textOperator.${operator}`)}
              </option>
            ))}
          </SelectField>
          <TextField label={t("rules.textValue")} name="text_value" defaultValue={text.value} maxLength={200} required={false} dir="auto" autoComplete="off" />
          {lines.length > 1 && (
            <Button variant="quiet" aria-label={t("rules.textRemoveNumber", { number: index + 1 })} onClick={() => setLines(lines.filter((line) => line.key !== key))}>
              {t("rules.textRemove")}
            </Button>
          )}
        </div>
      ))}
      {lines.length > 1 && (
        <SelectField label={t("rules.texts")} name="any_text" defaultValue={any ? "any" : "all"}>
          <option value="all">{t("rules.texts.all")}</option>
          <option value="any">{t("rules.texts.any")}</option>
        </SelectField>
      )}
      {lines.length < MAX_TEXTS && (
        <div>
          <Button variant="quiet" onClick={() => setLines([...lines, { text: BLANK, key: nextKey }])}>
            {t("rules.textAdd")}
          </Button>
        </div>
      )}
    </>
  );
}
