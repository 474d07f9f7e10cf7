import { useState } from "react";
import { type End, type Frequency, frequencyOf, frequencyText, LAST_DAY, MONTHLY, NTH, nthText, ruleOf, UNITS, weekdayName } from "@/components/recurring/frequency";
import { SelectField, TextField } from "@/components/ui/field";
import { useI18n } from "#i18n";
import form from "@/components/ui/form-grid.module.css";
import styles from "./frequency-fields.module.css";

const WEEK = [0, 1, 2, 3, 4, 5, 6];
const DAYS = Array.from({ length: LAST_DAY }, (_, index) => index + 1);
const MAX_INTERVAL = 100;
const MAX_COUNT = 1000;
const AS_IT_IS = "";

interface FrequencyFieldsProps {
  rule?: string | undefined;
  startDate: string;
  endDate?: string | null;
}

/** Puts a rule, its start and its end together, and says what comes of it. */
export function FrequencyFields({ rule, startDate, endDate = null }: FrequencyFieldsProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const given = rule === undefined ? MONTHLY : frequencyOf(rule, endDate);
  const [start, setStart] = useState(startDate);
  const [frequency, setFrequency] = useState(given);
  const change = (part: Partial<Frequency>) => setFrequency({ ...MONTHLY, ...frequency, ...part });
  const wanted = frequency ? ruleOf(frequency) : (rule ?? "");
  const end = frequency ? (frequency.end.kind === "on" ? frequency.end.date : null) : endDate;
  return (
    <fieldset className={styles.part}>
      <legend>{t("recurring.when")}</legend>
      <input type="hidden" name="rule" value={wanted} />
      <input type="hidden" name="end_date" value={end ?? ""} />
      <div className={form.fields}>
        <TextField label={t("recurring.start")} name="start_date" type="date" value={start} onChange={(event) => setStart(event.target.value)} />
        {frequency && (
          <TextField
            label={t("recurring.interval")}
            type="number"
            min={1}
            max={MAX_INTERVAL}
            value={frequency.interval || ""}
            onChange={(event) => change({ interval: Math.min(MAX_INTERVAL, Math.max(0, Math.trunc(event.target.valueAsNumber) || 0)) })}
          />
        )}
        <SelectField
          label={t("recurring.unit")}
          value={frequency?.unit ?? AS_IT_IS}
          onChange={(event) => (event.target.value === AS_IT_IS ? setFrequency(undefined) : change({ unit: event.target.value as Frequency["unit"] }))}
        >
          {!given && <option value={AS_IT_IS}>{t("recurring.asItIs")}</option>}
          {UNITS.map((unit) => (
            <option key={unit} value={unit}>
              {t(`recurring.unit.${unit}`, { count: frequency?.interval || 1 })}
            </option>
          ))}
        </SelectField>
      </div>
      {frequency?.unit === "WEEKLY" && (
        <Choices
          legend={t("recurring.weekdays")}
          values={WEEK}
          chosen={frequency.weekdays}
          label={(day) => weekdayName(i18n, day, "short")}
          name={(day) => weekdayName(i18n, day)}
          onChange={(weekdays) => change({ weekdays })}
        />
      )}
      {frequency?.unit === "MONTHLY" && <MonthFields frequency={frequency} change={change} />}
      {frequency && <EndFields end={frequency.end} start={start} onChange={(changed) => change({ end: changed })} />}
      {start && frequency?.interval !== 0 && (
        <p role="status" className={styles.words}>
          {frequencyText(i18n, wanted, start, end)}
        </p>
      )}
    </fieldset>
  );
}

function MonthFields({ frequency, change }: { frequency: Frequency; change: (part: Partial<Frequency>) => void }) {
  const i18n = useI18n();
  const { t, formatNumber } = i18n;
  return (
    <>
      <div className={form.fields}>
        <SelectField label={t("recurring.monthBy")} value={frequency.monthBy} onChange={(event) => change({ monthBy: event.target.value as Frequency["monthBy"] })}>
          <option value="start">{t("recurring.monthBy.start")}</option>
          <option value="days">{t("recurring.monthBy.days")}</option>
          <option value="weekday">{t("recurring.monthBy.weekday")}</option>
        </SelectField>
        {frequency.monthBy === "weekday" && (
          <>
            <SelectField label={t("recurring.nth")} value={frequency.nth} onChange={(event) => change({ nth: Number(event.target.value) })}>
              {NTH.map((nth) => (
                <option key={nth} value={nth}>
                  {nthText(i18n, nth)}
                </option>
              ))}
            </SelectField>
            <SelectField label={t("recurring.weekday")} value={frequency.weekday} onChange={(event) => change({ weekday: Number(event.target.value) })}>
              {WEEK.map((day) => (
                <option key={day} value={day}>
                  {weekdayName(i18n, day)}
                </option>
              ))}
            </SelectField>
          </>
        )}
      </div>
      {frequency.monthBy === "days" && (
        <Choices
          legend={t("recurring.monthDays")}
          values={DAYS}
          chosen={frequency.monthDays}
          label={(day) => (day === LAST_DAY ? t("recurring.last") : formatNumber(day))}
          name={(day) => (day === LAST_DAY ? t("recurring.lastDay") : t("recurring.monthDay", { day }))}
          onChange={(monthDays) => change({ monthDays })}
        />
      )}
    </>
  );
}

function EndFields({ end, start, onChange }: { end: End; start: string; onChange: (end: End) => void }) {
  const { t } = useI18n();

  function choose(kind: string) {
    if (kind === "on") onChange({ kind, date: "" });
    else onChange(kind === "after" ? { kind, count: 12 } : { kind: "never" });
  }

  return (
    <div className={form.fields}>
      <SelectField label={t("recurring.end")} value={end.kind} onChange={(event) => choose(event.target.value)}>
        <option value="never">{t("recurring.end.never")}</option>
        <option value="on">{t("recurring.end.on")}</option>
        <option value="after">{t("recurring.end.after")}</option>
      </SelectField>
      {end.kind === "on" && (
        <TextField label={t("recurring.endDate")} type="date" min={start} value={end.date} onChange={(event) => onChange({ kind: "on", date: event.target.value })} />
      )}
      {end.kind === "after" && (
        <TextField
          label={t("recurring.count")}
          type="number"
          min={1}
          max={MAX_COUNT}
          value={end.count || ""}
          onChange={(event) => onChange({ kind: "after", count: Math.min(MAX_COUNT, Math.max(0, Math.trunc(event.target.valueAsNumber) || 0)) })}
        />
      )}
    </div>
  );
}

interface ChoicesProps {
  legend: string;
  values: readonly number[];
  chosen: readonly number[];
  label: (value: number) => string;
  /** Begins with, or says the same as, the label. */
  name: (value: number) => string;
  onChange: (chosen: number[]) => void;
}

function Choices({ legend, values, chosen, label, name, onChange }: ChoicesProps) {
  return (
    <fieldset className={styles.choices}>
      <legend>{legend}</legend>
      {values.map((value) => (
        <label key={value} className={styles.choice}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            aria-label={name(value)}
            onChange={(event) => onChange(event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))}
          />
          <span>{label(value)}</span>
        </label>
      ))}
    </fieldset>
  );
}
