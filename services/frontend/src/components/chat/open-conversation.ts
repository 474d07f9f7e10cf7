import type { Opened } from "@/components/chat/conversation";
import { turnsOf } from "@/components/chat/turns";
import { api } from "@/lib/api/browser";
import type { MessagePage } from "@/lib/api/schema";

const LAST = 20;

export async function loadOpened(id: string): Promise<Opened | undefined> {
  const page = await api.get<MessagePage>(`/conversations/${id}/messages?limit=${LAST}`);
  return page.ok ? { id, turns: turnsOf(page.data.items), older: page.data.next_cursor } : undefined;
}
