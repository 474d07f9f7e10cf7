"use client";

import { useEffect, useId, useRef, useState, type SubmitEvent } from "react";
import { Answer } from "@/components/chat/answer";
import { Button } from "@/components/ui/button";
import { ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { Problem } from "@/lib/api/problem";
import type { ChatAnswer } from "@/lib/api/schema";
import { useHydrated } from "@/lib/use-hydrated";
import hidden from "@/components/ui/visually-hidden.module.css";
import { useI18n } from "#i18n";
import styles from "./conversation.module.css";

const TIMEOUT_MS = 90_000;
const SUGGESTIONS = ["chat.suggestion.groceries", "chat.suggestion.largest", "chat.suggestion.compare"] as const;

interface Turn {
  question: string;
  answer?: ChatAnswer;
  problem?: Problem;
}

export function Conversation() {
  const { t } = useI18n();
  const hydrated = useHydrated();
  const [turns, setTurns] = useState<Turn[]>([]);
  const [draft, setDraft] = useState("");
  const suggestions = useId();
  const end = useRef<HTMLDivElement>(null);
  const last = turns.at(-1);
  const waiting = last !== undefined && !last.answer && !last.problem;

  useEffect(() => {
    if (turns.length > 0) end.current?.scrollIntoView({ block: "end" });
  }, [turns]);

  /** Asks; a failed last turn is replaced, so that asking again doesn't leave its error behind. */
  async function ask(question: string) {
    const kept = last?.problem ? turns.slice(0, -1) : turns;
    setTurns([...kept, { question }]);
    const result = await api.post<ChatAnswer>("/chat", { message: question }, { timeoutMs: TIMEOUT_MS });
    setTurns([...kept, result.ok ? { question, answer: result.data } : { question, problem: result.problem }]);
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const question = draft.trim();
    if (!question || waiting) return;
    setDraft("");
    void ask(question);
  }

  return (
    <div className={styles.chat}>
      <div role="log" aria-label={t("chat.log")} aria-busy={waiting} className={styles.log}>
        {turns.map((turn, index) => (
          <article key={index} className={styles.turn}>
            <p className={styles.question}>
              <span className={hidden.hidden}>{t("chat.you")}: </span>
              {turn.question}
            </p>
            {turn.answer && <Answer answer={turn.answer} />}
            {turn.problem && (
              <>
                <ProblemNotice problem={turn.problem} />
                <div>
                  <Button variant="secondary" onClick={() => void ask(turn.question)}>
                    {t("chat.tryAgain")}
                  </Button>
                </div>
              </>
            )}
            {!turn.answer && !turn.problem && <p className={styles.thinking}>{t("chat.thinking")}</p>}
          </article>
        ))}
        <div ref={end} className={styles.end} />
      </div>
      {turns.length === 0 && (
        <section aria-labelledby={suggestions} className={styles.start}>
          <h2 id={suggestions}>{t("chat.suggestions")}</h2>
          <ul className={styles.suggestions}>
            {SUGGESTIONS.map((suggestion) => (
              <li key={suggestion}>
                <Button variant="secondary" disabled={!hydrated} onClick={() => void ask(t(suggestion))}>
                  {t(suggestion)}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <form method="post" onSubmit={submit} className={styles.form}>
        <label className={styles.box}>
          <span className={hidden.hidden}>{t("chat.message")}</span>
          <input
            name="message"
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            placeholder={t("chat.placeholder")}
            maxLength={2000}
            autoComplete="off"
            className={styles.input}
          />
        </label>
        <Button type="submit" disabled={!hydrated || waiting}>
          {t("chat.send")}
        </Button>
      </form>
    </div>
  );
}
