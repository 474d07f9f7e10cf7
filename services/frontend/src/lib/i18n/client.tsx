"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { I18n } from "@/lib/i18n/i18n";
import type { Language } from "@/lib/i18n/languages";
import type { Messages } from "@/messages/catalogues";

const Context = createContext<{ i18n: I18n; messages: Messages } | undefined>(undefined);

/** Hands texts down to components in the browser, beside those that have come from further up. */
export function MessagesProvider({ language, messages, children }: { language: Language; messages: Messages; children: ReactNode }) {
  const above = useContext(Context)?.messages;
  const value = useMemo(() => {
    const all = { ...above, ...messages };
    return { i18n: new I18n(language, all), messages: all };
  }, [above, language, messages]);
  return <Context value={value}>{children}</Context>;
}

export function useI18n(): I18n {
  const value = useContext(Context);
  if (!value) throw new Error("useI18n wants a <Messages> above it.");
  return value.i18n;
}
