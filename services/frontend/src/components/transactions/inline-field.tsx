"use client";

import { type KeyboardEvent, type ReactNode, useRef } from "react";
import styles from "./inline-field.module.css";

interface InlineFieldProps {
  label: string;
  value: string;
  /** Of a choice; without them it is a text. */
  options?: ReactNode;
  /** `byKey` tells that the focus has to go back to where it came from. */
  onSave: (value: string, byKey: boolean) => void;
  onCancel: () => void;
}

/** Enter, or leaving it, saves; Escape doesn't. */
export function InlineField({ label, value, options, onSave, onCancel }: InlineFieldProps) {
  const byKey = useRef(false);
  // It leaves the page as soon as it has ended, which some browsers call a blur.
  const ended = useRef(false);

  function end(run: () => void) {
    if (ended.current) return;
    ended.current = true;
    run();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement | HTMLSelectElement>) {
    byKey.current = true;
    if (event.key === "Enter") {
      event.preventDefault();
      const { value: typed } = event.currentTarget;
      end(() => onSave(typed, true));
    } else if (event.key === "Escape") {
      end(onCancel);
    }
  }

  const common = {
    "aria-label": label,
    defaultValue: value,
    autoFocus: true,
    className: styles.field,
    onKeyDown,
    onBlur: (event: { currentTarget: { value: string } }) => {
      const { value: typed } = event.currentTarget;
      end(() => onSave(typed, false));
    },
  };
  if (!options) return <input {...common} dir="auto" maxLength={200} autoComplete="off" onFocus={(event) => event.currentTarget.select()} />;
  return (
    <select
      {...common}
      onPointerDown={() => (byKey.current = false)}
      // Arrow keys pass by one choice after the other: only a choice by pointer is final at once.
      onChange={(event) => {
        const { value: chosen } = event.currentTarget;
        if (!byKey.current) end(() => onSave(chosen, true));
      }}
    >
      {options}
    </select>
  );
}
