import { cache, Suspense } from "react";
import { Chat } from "@/components/chat/chat";
import { ConversationList } from "@/components/chat/conversation-list";
import { suggestionsFor } from "@/components/chat/suggestions";
import { turnsOf } from "@/components/chat/turns";
import { PendingProposals } from "@/components/proposals/pending-proposals";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader } from "@/components/ui/panel";
import { load } from "@/lib/api/server";
import type { Account, Category, ConversationPage, MessagePage, ProposalPage } from "@/lib/api/schema";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";
import styles from "./page.module.css";

export const generateMetadata = titled("chat.title");

const LAST_MESSAGES = "20";
const CONVERSATIONS = "30";

function pathOf(conversation: string | undefined): string {
  return conversation ? `/chat?conversation=${encodeURIComponent(conversation)}` : "/chat";
}

async function loadConversation(id: string | undefined) {
  if (!id) return { opened: undefined, suggestions: await suggestionsFor(await getI18n()) };
  const { items, next_cursor: older } = await loadMessages(id);
  return { opened: { id, turns: turnsOf(items), older }, suggestions: [] };
}

const loadMessages = cache((id: string) =>
  load<MessagePage>(pathOf(id), `/conversations/${encodeURIComponent(id)}/messages`, { limit: LAST_MESSAGES }),
);

async function loadBeside(id: string | undefined, cursor: string | undefined) {
  const path = pathOf(id);
  const [conversations, proposals, accounts, categories, messages] = await Promise.all([
    load<ConversationPage>(path, "/conversations", { limit: CONVERSATIONS, cursor }),
    load<ProposalPage>(path, "/proposals", { status: "pending" }),
    load<Account[]>(path, "/accounts"),
    load<Category[]>(path, "/categories"),
    id && loadMessages(id),
  ]);
  const elsewhere = messages ? messages.items.flatMap(({ evidence }) => evidence?.proposals.map((proposal) => proposal.id) ?? []) : [];
  return { conversations, pending: { items: proposals.items, names: { accounts, categories }, elsewhere } };
}

export default async function ChatPage({ searchParams }: PageProps<"/chat">) {
  const { t } = await getI18n();
  const { conversation, conversations: cursor } = await searchParams;
  const id = typeof conversation === "string" ? conversation : undefined;
  return (
    <Messages of={["chat", "proposals"]}>
      <PageHeader title={t("chat.title")} intro={t("chat.intro")} />
      <div className={styles.columns}>
        <div>
          <Loaded load={() => loadConversation(id)}>{(data) => <Chat {...data} />}</Loaded>
        </div>
        <aside className={styles.aside} aria-label={t("chat.beside")}>
          <Suspense>
            <Loaded load={() => loadBeside(id, typeof cursor === "string" ? cursor : undefined)}>
              {({ conversations, pending }) => (
                <>
                  <PendingProposals {...pending} />
                  <ConversationList page={conversations} current={id} older={typeof cursor === "string"} />
                </>
              )}
            </Loaded>
          </Suspense>
        </aside>
      </div>
    </Messages>
  );
}
