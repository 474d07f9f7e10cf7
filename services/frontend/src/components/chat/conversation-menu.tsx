"use client";

import { lazy, Suspense, useState } from "react";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "#i18n";
import styles from "./conversation-list.module.css";

const ConversationDialog = lazy(() => import("@/components/chat/conversation-dialog"));

export interface ConversationMenuProps {
  id: string;
  title: string;
  isOpen: boolean;
}

export function ConversationMenu(props: ConversationMenuProps) {
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  return (
    <>
      <button
        type="button"
        className={styles.menu}
        aria-haspopup="dialog"
        aria-label={t("chat.options", { title: props.title })}
        onClick={() => setShown(true)}
      >
        <Icon name="more" />
      </button>
      {shown && (
        <Suspense>
          <ConversationDialog {...props} onClose={() => setShown(false)} />
        </Suspense>
      )}
    </>
  );
}
