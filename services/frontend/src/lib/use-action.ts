import { useState } from "react";
import type { Problem, Result } from "@/lib/api/problem";

/** Sends something that has no form, like the press of a button. */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function act<T>(send: () => Promise<Result<T>>, onDone?: (data: T) => void) {
    setBusy(true);
    setProblem(undefined);
    const result = await send();
    setBusy(false);
    if (result.ok) onDone?.(result.data);
    else setProblem(result.problem);
  }

  return { busy, problem, act };
}
