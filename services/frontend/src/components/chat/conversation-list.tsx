import Link from "next/link";
import { ConversationMenu } from "@/components/chat/conversation-menu";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import type { ConversationPage } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./conversation-list.module.css";

interface ConversationListProps {
  page: ConversationPage;
  current: string | undefined;
  /** It is not the first page. */
  older: boolean;
}

export function ConversationList({ page: { items, next_cursor: next }, current, older }: ConversationListProps) {
  const { t } = useI18n();
  return (
    <div id="conversations" className={styles.conversations}>
      <Panel title={t("chat.conversations")}>
        {items.length === 0 && <p className={styles.none}>{t("chat.noConversations")}</p>}
        <ul className={styles.list}>
          {items.map(({ id, title, updated_at: at }) => (
            <li key={id} className={styles.item}>
              <Link href={{ pathname: "/chat", query: { conversation: id } }} aria-current={id === current ? "page" : undefined} className={styles.link}>
                <span dir="auto" className={styles.title}>
                  {title}
                </span>
                <span className={styles.at}>
                  <Moment at={at} />
                </span>
              </Link>
              <ConversationMenu id={id} title={title} isOpen={id === current} />
            </li>
          ))}
        </ul>
        {(older || next) && (
          <p className={styles.pages}>
            {older && <Link href={{ pathname: "/chat", query: current ? { conversation: current } : {} }}>{t("chat.newest")}</Link>}
            {next && (
              <Link href={{ pathname: "/chat", query: { ...(current && { conversation: current }), conversations: next } }}>{t("chat.olderConversations")}</Link>
            )}
          </p>
        )}
      </Panel>
    </div>
  );
}
