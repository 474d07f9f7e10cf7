import { render, type RenderResult } from "@testing-library/react";
import type { ReactElement, ReactNode } from "react";
import { MessagesProvider } from "@/lib/i18n/client";
import { I18n } from "@/lib/i18n/i18n";
import type { Language } from "@/lib/i18n/languages";
import { messagesOf, NAMESPACES } from "@/messages/catalogues";

export const english = new I18n("en", messagesOf("en", NAMESPACES));
export const urdu = new I18n("ur", messagesOf("ur", NAMESPACES));

/** What is seen of a text: without the marks that isolate the values in it. */
export const seen = (text: string | null): string => (text ?? "").replace(/[\u2068\u2069]/g, "");

/** Renders what wants messages above it, with all of them. */
export function renderIn(language: Language, ui: ReactElement): RenderResult {
  const messages = messagesOf(language, NAMESPACES);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MessagesProvider language={language} messages={messages}>
      {children}
    </MessagesProvider>
  );
  return render(ui, { wrapper });
}

export const renderEnglish = (ui: ReactElement): RenderResult => renderIn("en", ui);
