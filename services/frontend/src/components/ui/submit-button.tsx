"use client";

import { Button } from "@/components/ui/button";
import { useHydrated } from "@/lib/use-hydrated";

/** Submits once the page's script runs, so that an early click can't send the form past it. */
export function SubmitButton({ label, busyLabel, busy }: { label: string; busyLabel: string; busy: boolean }) {
  const hydrated = useHydrated();
  return (
    <Button type="submit" disabled={busy || !hydrated}>
      {busy ? busyLabel : label}
    </Button>
  );
}
