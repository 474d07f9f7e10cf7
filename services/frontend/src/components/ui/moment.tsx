"use client";

import { useHydrated } from "@/lib/use-hydrated";
import { useI18n } from "#i18n";

/** A moment in the reader's time zone, which only the browser knows. */
export function Moment({ at }: { at: string }) {
  const { formatDateTime } = useI18n();
  const hydrated = useHydrated();
  return <time dateTime={at}>{formatDateTime(at, hydrated ? undefined : "UTC")}</time>;
}
