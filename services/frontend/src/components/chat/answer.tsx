import type { ChatAnswer, ToolCall } from "@/lib/api/schema";
import hidden from "@/components/ui/visually-hidden.module.css";
import { useI18n } from "#i18n";
import styles from "./answer.module.css";

const OFFLINE_MODEL = "offline-analyst";

/** What the companion said, as text and nothing else, and every tool call behind it. */
export function Answer({ answer }: { answer: ChatAnswer }) {
  const { t } = useI18n();
  return (
    <div className={styles.answer}>
      <p className={styles.reply}>
        <span className={hidden.hidden}>{t("chat.companion")}: </span>
        {answer.reply}
      </p>
      <p className={styles.model}>
        {answer.model === OFFLINE_MODEL ? (
          <span className={styles.offline}>{t("chat.offline")}</span>
        ) : (
          t("chat.model", { model: answer.model })
        )}
      </p>
      {answer.tool_calls.length > 0 && (
        <details className={styles.calls}>
          <summary>{t("chat.toolCalls", { count: answer.tool_calls.length })}</summary>
          <ol>
            {answer.tool_calls.map((call, index) => (
              <li key={index}>
                <Call call={call} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

function Call({ call }: { call: ToolCall }) {
  const { t } = useI18n();
  return (
    <details className={styles.call}>
      <summary>
        <code>{call.tool}</code> <span className={styles.agent}>{call.agent}</span>
      </summary>
      <dl>
        <dt>{t("chat.arguments")}</dt>
        <dd>
          <pre tabIndex={0}>{readable(call.arguments)}</pre>
        </dd>
        <dt>{t("chat.result")}</dt>
        <dd>
          <pre tabIndex={0}>{readable(call.result)}</pre>
        </dd>
      </dl>
    </details>
  );
}

function readable(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "");
}
