"use client";

import { type KeyboardEvent, type SyntheticEvent, use, useEffect, useId, useRef, useState } from "react";
import { Conversation, type Opened } from "@/components/chat/conversation";
import { loadOpened } from "@/components/chat/open-conversation";
import { Button, ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import hidden from "@/components/ui/visually-hidden.module.css";
import { MessagesProvider } from "@/lib/i18n/client";
import type { Language } from "@/lib/i18n/languages";
import type { Messages } from "@/messages/catalogues";
import { useI18n } from "#i18n";
import styles from "./chat-panel.module.css";

/** The texts of the panel come with it, so that a page without it doesn't carry them. */
const TEXTS: Record<Language, () => Promise<Messages>> = {
  en: async () => ({ ...(await import("@/messages/en/chat")).chat, ...(await import("@/messages/en/proposals")).proposals }),
  ur: async () => ({ ...(await import("@/messages/ur/chat")).chat, ...(await import("@/messages/ur/proposals")).proposals }),
};
const loaded = new Map<Language, Promise<Messages>>();

function textsOf(language: Language): Promise<Messages> {
  let texts = loaded.get(language);
  if (!texts) loaded.set(language, (texts = TEXTS[language]()));
  return texts;
}

interface ChatPanelProps {
  open: boolean;
  onClose: () => void;
}

export default function ChatPanel(props: ChatPanelProps) {
  const { language } = useI18n();
  return (
    <MessagesProvider language={language} messages={use(textsOf(language))}>
      <Panel {...props} />
    </MessagesProvider>
  );
}

const NARROW = "(max-width: 56rem)";
const SUGGESTIONS = ["chat.suggestion.petrol", "chat.suggestion.largest", "chat.suggestion.compare"] as const;
/** The conversation that the panel goes on with after the page was loaded anew; of this tab only. */
const KEPT = "chat-panel";

/** Beside the page on wide screens, over it on narrow ones. The browser gives the focus back when it closes. */
function Panel({ open, onClose }: ChatPanelProps) {
  const { t } = useI18n();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [id, setId] = useState(() => sessionStorage.getItem(KEPT) ?? undefined);
  const [opened, setOpened] = useState<Opened>();
  const [key, setKey] = useState(0);

  useEffect(() => {
    const element = dialog.current;
    if (!element || !open) return;
    if (window.matchMedia(NARROW).matches) element.showModal();
    else element.show();
    element.querySelector("textarea")?.focus();
    return () => element.close();
  }, [open]);

  useEffect(() => {
    const kept = sessionStorage.getItem(KEPT);
    if (!kept) return;
    void loadOpened(kept).then((found) => {
      if (!found) return startNew();
      setOpened(found);
      setKey(1);
    });
  }, []);

  function startNew() {
    sessionStorage.removeItem(KEPT);
    setId(undefined);
    setOpened(undefined);
    setKey((now) => now + 1);
  }

  function onAnswered(conversation: string) {
    sessionStorage.setItem(KEPT, conversation);
    setId(conversation);
  }

  /** A dialog that isn't modal doesn't close itself. What is open within it closes first. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && !event.defaultPrevented && (event.target as Element).closest("dialog") === dialog.current) {
      event.preventDefault();
      onClose();
    }
  }

  /** A phone's gesture for going back, too. */
  function onCancel(event: SyntheticEvent) {
    if (event.target !== dialog.current) return;
    event.preventDefault();
    onClose();
  }

  return (
    <dialog ref={dialog} aria-labelledby={heading} className={styles.panel} onKeyDown={onKeyDown} onCancel={onCancel}>
      <header className={styles.header}>
        <h2 id={heading}>{t("chat.title")}</h2>
        <ButtonLink variant="quiet" href={id ? `/chat?conversation=${id}` : "/chat"} onClick={onClose}>
          {t("chat.openPage")}
        </ButtonLink>
        <Button variant="quiet" onClick={startNew}>
          {t("chat.newShort")}
        </Button>
        <button type="button" className={styles.close} onClick={onClose}>
          <Icon name="close" />
          <span className={hidden.hidden}>{t("app.close")}</span>
        </button>
      </header>
      <div className={styles.body}>
        <Conversation key={key} opened={opened} suggestions={SUGGESTIONS.map((suggestion) => t(suggestion))} onAnswered={onAnswered} />
      </div>
    </dialog>
  );
}
