import { useState, type SubmitEvent } from "react";
import type { Problem, Result } from "@/lib/api/problem";

/** Sends a form by script, so that a refused one keeps everything that was typed. */
export function useSubmit<T>(send: (values: FormData) => Promise<Result<T>>, onDone: (data: T, form: HTMLFormElement) => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    setProblem(undefined);
    const result = await send(new FormData(form));
    setBusy(false);
    if (result.ok) onDone(result.data, form);
    else setProblem(result.problem);
  }

  return { busy, problem, onSubmit };
}

export function field(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === "string" ? value.trim() : "";
}
