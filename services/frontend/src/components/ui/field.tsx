import { useId, type InputHTMLAttributes, type SelectHTMLAttributes } from "react";
import { t } from "@/lib/i18n";
import styles from "./field.module.css";

interface FieldProps {
  label: string;
  hint?: string;
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

export function SelectField({ label, optional, children, ...select }: FieldProps & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <Label id={id} label={label} optional={optional} />
      <select {...select} id={id} className={styles.control}>
        {children}
      </select>
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
  return (
    <label htmlFor={id} className={styles.label}>
      {label}
      {optional && <span className={styles.optional}> ({t("auth.optional")})</span>}
    </label>
  );
}
