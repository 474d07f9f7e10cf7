import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { cache, use } from "react";
import { I18n } from "@/lib/i18n/i18n";
import { acceptedLanguage, isLanguage, type Language, LANGUAGES } from "@/lib/i18n/languages";
import { LANGUAGE_COOKIE } from "@/lib/preferences";
import { type MessageKey, messagesOf, NAMESPACES } from "@/messages/catalogues";

// Made once: the formatters in them are kept from request to request.
const ALL = Object.fromEntries(LANGUAGES.map((language) => [language, new I18n(language, messagesOf(language, NAMESPACES))])) as Record<
  Language,
  I18n
>;

/** Texts and formats in the language of this request: the one that was chosen, or else the browser's. */
export const getI18n = cache(async (): Promise<I18n> => {
  const chosen = (await cookies()).get(LANGUAGE_COOKIE)?.value;
  return ALL[isLanguage(chosen) ? chosen : acceptedLanguage((await headers()).get("accept-language"))];
});

/** The same for components that aren't asynchronous. */
export function useI18n(): I18n {
  return use(getI18n());
}

/** A page's `generateMetadata` with nothing but its title. */
export function titled(key: MessageKey): () => Promise<Metadata> {
  return async () => ({ title: (await getI18n()).t(key) });
}
