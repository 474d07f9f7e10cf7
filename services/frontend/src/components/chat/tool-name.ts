import type { I18n } from "@/lib/i18n/i18n";

/** What a tool does, in words; the technical name of one that is newer than this page. */
export function toolName({ t, has }: I18n, tool: string): string {
  const key = `chat.tool.${tool}`;
  return has(key) ? t(key) : tool.replaceAll("_", " ");
}

export function agentName({ t, has }: I18n, agent: string): string {
  const key = `chat.agent.${agent}`;
  return has(key) ? t(key) : agent;
}
