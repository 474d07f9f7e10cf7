"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Conversation, type Opened } from "@/components/chat/conversation";
import { Button } from "@/components/ui/button";
import { useI18n } from "#i18n";
import styles from "./chat.module.css";

interface ChatProps {
  opened: Opened | undefined;
  suggestions: readonly string[];
}

/** The conversation of the page's address. A new one gets its address with its first answer, and goes on where it is. */
export function Chat({ opened, suggestions }: ChatProps) {
  const { t } = useI18n();
  const router = useRouter();
  const [session, setSession] = useState({ address: opened?.id, current: opened?.id, key: 0 });
  if (session.address !== opened?.id) {
    const isOther = session.current !== opened?.id;
    setSession({ address: opened?.id, current: opened?.id, key: session.key + (isOther ? 1 : 0) });
  }

  function onAnswered(id: string) {
    setSession((now) => ({ ...now, current: id }));
    window.history.replaceState(null, "", `/chat?conversation=${id}`);
    router.refresh();
  }

  function startNew() {
    setSession((now) => ({ ...now, current: undefined, key: now.key + 1 }));
    router.push("/chat");
  }

  return (
    <div className={styles.main}>
      <div className={styles.bar}>
        <p className={styles.beside}>
          <a href="#waiting">{t("proposals.waiting")}</a>
          <a href="#conversations">{t("chat.conversations")}</a>
        </p>
        {session.current && (
          <Button variant="quiet" onClick={startNew}>
            {t("chat.new")}
          </Button>
        )}
      </div>
      <Conversation key={session.key} opened={session.current === opened?.id ? opened : undefined} suggestions={suggestions} onAnswered={onAnswered} />
    </div>
  );
}
