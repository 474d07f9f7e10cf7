import type { Metadata } from "next";
import { Conversation } from "@/components/chat/conversation";
import { PageHeader } from "@/components/ui/panel";
import { t } from "@/lib/i18n";

export const metadata: Metadata = { title: t("chat.title") };

export default function ChatPage() {
  return (
    <>
      <PageHeader title={t("chat.title")} intro={t("chat.intro")} />
      <Conversation />
    </>
  );
}
