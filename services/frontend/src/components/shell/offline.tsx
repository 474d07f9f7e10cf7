"use client";

import { useEffect, useSyncExternalStore } from "react";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "#i18n";

function subscribe(onChange: () => void) {
  window.addEventListener("online", onChange);
  window.addEventListener("offline", onChange);
  return () => {
    window.removeEventListener("online", onChange);
    window.removeEventListener("offline", onChange);
  };
}

/** Says so while the browser knows that it has no network, and has it keep a page that says the same. */
export function Offline() {
  const { t } = useI18n();
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  useEffect(() => {
    // Browsers have none on pages that come over plain HTTP from another machine, nor in private windows.
    navigator.serviceWorker?.register("/service-worker.js").catch(() => undefined);
  }, []);
  return online ? null : <Notice tone="error">{t("problem.offline")}</Notice>;
}
