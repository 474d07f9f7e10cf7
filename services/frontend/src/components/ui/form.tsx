"use client";

import { createContext, type FormHTMLAttributes, useContext, useLayoutEffect, useMemo, useRef } from "react";
import type { Problem } from "@/lib/api/problem";
import { useI18n } from "#i18n";
import styles from "./form-grid.module.css";

/** Why values were refused, by the names of their fields. */
const Refusals = createContext<ReadonlyMap<string, string>>(new Map());

export function useRefusal(name: string | undefined): string | undefined {
  const refusals = useContext(Refusals);
  return name === undefined ? undefined : refusals.get(name);
}

interface FormProps extends FormHTMLAttributes<HTMLFormElement> {
  /** Why it was refused; what that says of a field is shown beside the field, and the first of them gets the focus. */
  problem: Problem | undefined;
}

/** A form that is sent by script, and of which the API says what is wrong with it. */
export function Form({ problem, children, ...form }: FormProps) {
  const { t, language } = useI18n();
  const element = useRef<HTMLFormElement>(null);
  const refusals = useMemo(
    // The API's own words are English.
    () => new Map(problem?.errors.map(({ field, message }) => [field, language === "en" && message ? message : t("problem.field")])),
    [problem, language, t],
  );

  // in the very commit that shows it: nothing is typed or read in between
  useLayoutEffect(() => {
    if (problem) element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problem]);

  return (
    <form ref={element} method="post" className={styles.form} {...form}>
      <Refusals value={refusals}>{children}</Refusals>
    </form>
  );
}
