import { Conversation } from "@/components/chat/conversation";
import { PageHeader } from "@/components/ui/panel";
import { useI18n } from "#i18n";
import { Messages } from "@/lib/i18n/messages";
import { titled } from "@/lib/i18n/server";

export const generateMetadata = titled("chat.title");

export default function ChatPage() {
  const { t } = useI18n();
  return (
    <Messages of={["chat"]}>
      <PageHeader title={t("chat.title")} intro={t("chat.intro")} />
      <Conversation />
    </Messages>
  );
}
