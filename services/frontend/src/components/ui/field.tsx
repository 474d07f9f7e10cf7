"use client";

import { useId, type InputHTMLAttributes, type SelectHTMLAttributes, type TextareaHTMLAttributes } from "react";
import { useRefusal } from "@/components/ui/form";
import { useI18n } from "#i18n";
import styles from "./field.module.css";

interface FieldProps {
  label: string;
  hint?: string | undefined;
  optional?: boolean;
}

export function TextField({ label, hint, optional, ...input }: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const { id, attributes, notes } = useNotes(hint, input.name);
  return (
    <div className={styles.field}>
      <Label id={id} label={label} optional={optional} />
      <input required={!optional} {...input} id={id} {...attributes} className={styles.control} />
      {notes}
    </div>
  );
}

export function SelectField({ label, hint, optional, children, ...select }: FieldProps & SelectHTMLAttributes<HTMLSelectElement>) {
  const { id, attributes, notes } = useNotes(hint, select.name);
  return (
    <div className={styles.field}>
      <Label id={id} label={label} optional={optional} />
      <select {...select} id={id} {...attributes} className={styles.control}>
        {children}
      </select>
      {notes}
    </div>
  );
}

export function TextAreaField({ label, hint, optional, ...area }: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const { id, attributes, notes } = useNotes(hint, area.name);
  return (
    <div className={styles.field}>
      <Label id={id} label={label} optional={optional} />
      <textarea required={!optional} rows={3} {...area} id={id} {...attributes} className={`${styles.control} ${styles.area}`} />
      {notes}
    </div>
  );
}

export function CheckboxField({ label, hint, ...input }: Omit<FieldProps, "optional"> & InputHTMLAttributes<HTMLInputElement>) {
  const { attributes, notes } = useNotes(hint, input.name);
  return (
    <div className={styles.field}>
      <label className={styles.choice}>
        <input type="checkbox" {...input} {...attributes} />
        {label}
      </label>
      {notes}
    </div>
  );
}

/** What stands below a control, and how the control refers to it: why its value was refused, and a hint. */
function useNotes(hint: string | undefined, name: string | undefined) {
  const id = useId();
  const refusal = useRefusal(name);
  const hintId = hint && `${id}-hint`;
  const refusalId = refusal && `${id}-refusal`;
  return {
    id,
    attributes: { "aria-describedby": [refusalId, hintId].filter(Boolean).join(" ") || undefined, "aria-invalid": refusal ? true : undefined },
    notes: (
      <>
        {refusal && <p id={refusalId} className={styles.refusal}>{refusal}</p>}
        {hint && <p id={hintId} className={styles.hint}>{hint}</p>}
      </>
    ),
  };
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
