"use client";

import { usePathname } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "#i18n";
import hidden from "@/components/ui/visually-hidden.module.css";
import styles from "./chat-button.module.css";

const ChatPanel = lazy(() => import("@/components/chat/chat-panel"));

/** Opens the chat beside whatever page one is on; the chat and its texts are loaded with the first opening, and stay. */
export default function ChatButton() {
  const { t } = useI18n();
  const onChatPage = usePathname() === "/chat";
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  if (onChatPage) return null;
  return (
    <>
      <button
        type="button"
        className={styles.button}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => {
          setUsed(true);
          setOpen(!open);
        }}
      >
        <Icon name="chat" />
        <span className={hidden.hidden}>{t("nav.chat")}</span>
      </button>
      {used && (
        <Suspense>
          <ChatPanel open={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
