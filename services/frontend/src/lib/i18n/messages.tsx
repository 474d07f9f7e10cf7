import type { ReactNode } from "react";
import { MessagesProvider } from "@/lib/i18n/client";
import { getI18n } from "@/lib/i18n/server";
import { messagesOf, type Namespace } from "@/messages/catalogues";

/** Sends the texts of these namespaces to the browser, for the components in it that run there. */
export async function Messages({ of, children }: { of: readonly Namespace[]; children: ReactNode }) {
  const { language } = await getI18n();
  return (
    <MessagesProvider language={language} messages={messagesOf(language, of)}>
      {children}
    </MessagesProvider>
  );
}
