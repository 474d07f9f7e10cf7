"use client";

import { type KeyboardEvent, useState } from "react";
import { TextField } from "@/components/ui/field";
import { useI18n } from "#i18n";
import styles from "./password-field.module.css";

interface PasswordFieldProps {
  label: string;
  hint?: string;
  name: string;
  autoComplete: "current-password" | "new-password";
}

export function PasswordField({ label, hint, name, autoComplete }: PasswordFieldProps) {
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);

  function look(event: KeyboardEvent) {
    setCapsLock(event.getModifierState("CapsLock"));
  }

  return (
    <div className={styles.password}>
      <TextField
        label={label}
        {...(hint && { hint })}
        name={name}
        type={shown ? "text" : "password"}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        onKeyDown={look}
        onKeyUp={look}
      />
      <button type="button" onClick={() => setShown(!shown)} className={styles.toggle}>
        {t(shown ? "auth.hidePassword" : "auth.showPassword")}
      </button>
      <p role="status" className={styles.capsLock}>
        {capsLock && t("auth.capsLock")}
      </p>
    </div>
  );
}
