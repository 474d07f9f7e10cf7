import { ToolValue } from "@/components/chat/tool-value";
import { agentName, toolName } from "@/components/chat/tool-name";
import type { ToolCall } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./calls.module.css";

/** Every tool call behind an answer, with what it was given and what it gave back. */
export default function Calls({ calls }: { calls: readonly ToolCall[] }) {
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <ol className={styles.calls}>
      {calls.map((call, index) => (
        <li key={index}>
          <details className={styles.call}>
            <summary>
              {toolName(i18n, call.tool)} <span className={styles.agent}>{agentName(i18n, call.agent)}</span>
            </summary>
            <p className={styles.technical}>
              <code dir="ltr">
                {call.agent} · {call.tool}
              </code>
            </p>
            <p className={styles.label}>{t("chat.arguments")}</p>
            <ToolValue value={call.arguments} />
            <p className={styles.label}>{t("chat.result")}</p>
            <div className={styles.result} tabIndex={0} role="group" aria-label={t("chat.result")}>
              <ToolValue value={call.result} />
            </div>
          </details>
        </li>
      ))}
    </ol>
  );
}
