import type { Language } from "@/lib/i18n/languages";
import { en } from "@/messages/en";
import { ur } from "@/messages/ur";

/** A text, or its forms for counts; `{name}` stands for a value. */
export type Message = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { other: string });
export type Namespace = keyof typeof en;
export type MessageKey = { [N in Namespace]: keyof (typeof en)[N] }[Namespace];
export type Messages = Readonly<Record<string, Message>>;
/** A translation: for each namespace the same keys as in English. */
export type Translation<N extends Namespace> = Readonly<Record<keyof (typeof en)[N], Message>>;
export type Catalogue = { [N in Namespace]: Translation<N> };

const CATALOGUES: Record<Language, Catalogue> = { en, ur };

export const NAMESPACES = Object.keys(en) as Namespace[];

export function messagesOf(language: Language, namespaces: readonly Namespace[]): Messages {
  return Object.assign({}, ...namespaces.map((namespace) => CATALOGUES[language][namespace])) as Messages;
}
