"use client";

import { useSyncExternalStore } from "react";
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

/** Says so while the browser knows that it has no network. */
export function Offline() {
  const { t } = useI18n();
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return online ? null : <Notice tone="error">{t("problem.offline")}</Notice>;
}
