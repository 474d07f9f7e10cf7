import { useId, type InputHTMLAttributes, type SelectHTMLAttributes, type TextareaHTMLAttributes } from "react";
import { useI18n } from "#i18n";
import styles from "./field.module.css";

interface FieldProps {
  label: string;
  hint?: string | undefined;
  optional?: boolean;
}

export function TextField({ label, hint, optional, ...input }: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  const hintId = hint && `${id}-hint`;
  return (
    <div className={styles.field}>
      <Label id={id} label={label} optional={optional} />
      <input required={!optional} {...input} id={id} aria-describedby={hintId} className={styles.control} />
      {hint && <p id={hintId} className={styles.hint}>{hint}</p>}
    </div>
  );
}

export function SelectField({ label, hint, optional, children, ...select }: FieldProps & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  const hintId = hint && `${id}-hint`;
  return (
    <div className={styles.field}>
      <Label id={id} label={label} optional={optional} />
      <select {...select} id={id} aria-describedby={hintId} className={styles.control}>
        {children}
      </select>
      {hint && <p id={hintId} className={styles.hint}>{hint}</p>}
    </div>
  );
}

export function TextAreaField({ label, hint, optional, ...area }: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  const hintId = hint && `${id}-hint`;
  return (
    <div className={styles.field}>
      <Label id={id} label={label} optional={optional} />
      <textarea required={!optional} rows={3} {...area} id={id} aria-describedby={hintId} className={`${styles.control} ${styles.area}`} />
      {hint && <p id={hintId} className={styles.hint}>{hint}</p>}
    </div>
  );
}

export function CheckboxField({ label, hint, ...input }: Omit<FieldProps, "optional"> & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  const hintId = hint && `${id}-hint`;
  return (
    <div className={styles.field}>
      <label className={styles.choice}>
        <input type="checkbox" {...input} aria-describedby={hintId} />
        {label}
      </label>
      {hint && <p id={hintId} className={styles.hint}>{hint}</p>}
    </div>
  );
}

export function Options({ entries }: { entries: { id: string; name: string }[] }) {
  return entries.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}

function Label({ id, label, optional }: { id: string; label: string; optional: boolean | undefined }) {
  const { t } = useI18n();
  return (
    <label htmlFor={id} className={styles.label}>
      {label}
      {optional && <span className={styles.optional}> ({t("app.optional")})</span>}
    </label>
  );
}
