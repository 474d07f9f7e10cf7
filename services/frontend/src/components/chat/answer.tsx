import { lazy, Suspense, useState } from "react";
import { partsOf } from "@/components/chat/answer-text";
import { PlainText } from "@/components/chat/plain-text";
import type { Said } from "@/components/chat/turns";
import hidden from "@/components/ui/visually-hidden.module.css";
import { useI18n } from "#i18n";
import styles from "./answer.module.css";

const Calls = lazy(() => import("@/components/chat/calls"));
const Sources = lazy(() => import("@/components/chat/sources"));
const ProposalCard = lazy(async () => ({ default: (await import("@/components/proposals/proposal-card")).ProposalCard }));

const OFFLINE_MODEL = "offline-analyst";

/** What the companion said, what it rests on, and what it proposes. */
export function Answer({ answer }: { answer: Said }) {
  const { t, language } = useI18n();
  const { text, setAside, disclaimer } = partsOf(answer.reply);
  const { proposals, references = [], tool_calls: calls } = answer;
  const offline = answer.model === OFFLINE_MODEL;
  return (
    <>
      <div className={styles.answer}>
        {calls.length > 0 && <Steps answer={answer} />}
        <div className={styles.reply}>
          <span className={hidden.hidden}>{t("chat.companion")}: </span>
          <PlainText text={text} references={references} />
        </div>
        <Suspense>
          <Sources answer={answer} />
        </Suspense>
        <footer className={styles.footer}>
          {offline ? (
            <p>
              <span className={styles.offline}>{t("chat.offline")}</span> {t("chat.offlineDetail")}
            </p>
          ) : (
            <p>{t("chat.model", { model: answer.model })}</p>
          )}
          {setAside && <p>{language === "en" ? t("chat.setAside", { reason: setAside }) : t("chat.setAsidePlain")}</p>}
          {disclaimer && <p>{t("chat.disclaimer")}</p>}
        </footer>
      </div>
      {proposals && proposals.length > 0 && (
        <Suspense>
          {proposals.map((proposal) => (
            <ProposalCard key={proposal.id} reference={proposal} />
          ))}
        </Suspense>
      )}
    </>
  );
}

/** Which tools ran; what they were given and gave back is shown, and loaded, when it is opened. */
function Steps({ answer: { tool_calls: calls } }: { answer: Said }) {
  const { t } = useI18n();
  const [opened, setOpened] = useState(false);
  return (
    <details className={styles.calls} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>{t("chat.toolCalls", { count: calls.length })}</summary>
      {opened && (
        <Suspense fallback={<p>{t("app.loading")}</p>}>
          <Calls calls={calls} />
        </Suspense>
      )}
    </details>
  );
}
