"use client";

import { type KeyboardEvent, lazy, type SubmitEvent, Suspense, useEffect, useId, useRef, useState } from "react";
import { partsOf } from "@/components/chat/answer-text";
import { PlainText } from "@/components/chat/plain-text";
import { agentName, toolName } from "@/components/chat/tool-name";
import { asked, follow, runs, type Step, type Turn, turnsOf } from "@/components/chat/turns";
import { Button } from "@/components/ui/button";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import hidden from "@/components/ui/visually-hidden.module.css";
import { api } from "@/lib/api/browser";
import type { Problem } from "@/lib/api/problem";
import type { MessagePage } from "@/lib/api/schema";
import { localToday } from "@/lib/dates";
import { useHydrated } from "@/lib/use-hydrated";
import { useI18n } from "#i18n";
import styles from "./conversation.module.css";

const Answer = lazy(async () => ({ default: (await import("@/components/chat/answer")).Answer }));

const MAX_QUESTION = 2000;

export interface Opened {
  id: string;
  turns: readonly Turn[];
  /** Asks for what was said before these. */
  older: string | null;
}

interface ConversationProps {
  /** The one to go on with; without it a new one begins. */
  opened?: Opened | undefined;
  suggestions: readonly string[];
  onAnswered?: (conversationId: string) => void;
}

export function Conversation({ opened, suggestions, onAnswered }: ConversationProps) {
  const { t, language } = useI18n();
  const hydrated = useHydrated();
  const [turns, setTurns] = useState<readonly Turn[]>(opened?.turns ?? []);
  const [older, setOlder] = useState(opened?.older ?? null);
  const [draft, setDraft] = useState("");
  const id = useRef(opened?.id);
  const answering = useRef<AbortController>(undefined);
  const follows = useRef(true);
  const log = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const heading = useId();
  const waiting = runs(turns.at(-1));

  useEffect(() => () => answering.current?.abort(), []);

  // The end stays in view while an answer and what belongs to it grow, until the reader goes elsewhere.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (follows.current && log.current?.querySelector("article")) end.current?.scrollIntoView({ block: "end" });
    });
    if (log.current) observer.observe(log.current);
    return () => observer.disconnect();
  }, []);

  const leaveEnd = () => (follows.current = false);

  /** Asks; a last turn without an answer is replaced, so that asking again doesn't leave its error behind. */
  async function ask(question: string) {
    const turn = asked(question);
    const { signal } = (answering.current = new AbortController());
    const update = (change: (turn: Turn) => Turn) =>
      setTurns((now) => now.map((one) => (one.id === turn.id ? change(one) : one)));
    follows.current = true;
    setTurns((now) => [...(now.at(-1)?.answer ? now : now.slice(0, -1)), turn]);
    let ended = false;
    const body = { message: question, conversation_id: id.current, locale: language, today: localToday() };
    const onEvent = (event: string, data: unknown) => {
      update((now) => follow(now, event, data));
      if (event !== "done") return;
      ended = true;
      id.current = (data as { conversation_id: string }).conversation_id;
    };
    const problem = await import("@/lib/api/stream").then(
      ({ streamEvents }) => streamEvents("/chat/stream", body, signal, onEvent),
      () => BROKEN,
    );
    if (ended) {
      if (id.current) onAnswered?.(id.current);
    } else if (signal.aborted) update((now) => ({ ...now, stopped: true }));
    else update((now) => ({ ...now, problem: problem ?? BROKEN }));
  }

  function send() {
    const question = draft.trim();
    if (!question || waiting) return;
    setDraft("");
    void ask(question);
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    send();
  }

  /** Enter also ends the choice of an input method, which is no sending. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  async function showOlder() {
    const page = await api.get<MessagePage>(`/conversations/${id.current}/messages?limit=20&cursor=${older}`);
    if (!page.ok) return;
    leaveEnd();
    setTurns((now) => [...turnsOf(page.data.items), ...now]);
    setOlder(page.data.next_cursor);
  }

  return (
    <div className={styles.chat}>
      <div
        ref={log}
        role="log"
        aria-label={t("chat.log")}
        className={styles.log}
        onWheel={leaveEnd}
        onTouchMove={leaveEnd}
        onPointerDown={leaveEnd}
        onKeyDown={leaveEnd}
      >
        {turns.length > 0 && <h2 className={hidden.hidden}>{t("chat.log")}</h2>}
        {older && (
          <div className={styles.older}>
            <Button variant="quiet" onClick={() => void showOlder()}>
              {t("chat.older")}
            </Button>
          </div>
        )}
        {turns.map((turn) => (
          <article key={turn.id} aria-busy={runs(turn) || undefined} className={styles.turn}>
            <p dir="auto" className={styles.question}>
              <span className={hidden.hidden}>{t("chat.you")}: </span>
              {turn.question}
            </p>
            {turn.answer ? (
              <Suspense>
                <Answer answer={turn.answer} />
              </Suspense>
            ) : (
              <Unanswered turn={turn} onAskAgain={turn === turns.at(-1) ? () => void ask(turn.question) : undefined} />
            )}
          </article>
        ))}
        <div ref={end} className={styles.end} />
      </div>
      {turns.length === 0 && (
        <section aria-labelledby={heading} className={styles.start}>
          <h2 id={heading}>{t("chat.suggestions")}</h2>
          <ul className={styles.suggestions}>
            {suggestions.map((suggestion) => (
              <li key={suggestion}>
                <Button variant="secondary" disabled={!hydrated} onClick={() => void ask(suggestion)}>
                  <bdi>{suggestion}</bdi>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <form method="post" onSubmit={submit} className={styles.form}>
        <label className={styles.box}>
          <span className={hidden.hidden}>{t("chat.message")}</span>
          <textarea
            name="message"
            dir={draft ? "auto" : undefined}
            rows={1}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={onKeyDown}
            placeholder={t("chat.placeholder")}
            maxLength={MAX_QUESTION}
            enterKeyHint="send"
            autoComplete="off"
            className={styles.input}
          />
        </label>
        {waiting ? (
          <Button variant="secondary" onClick={() => answering.current?.abort()}>
            {t("chat.stop")}
          </Button>
        ) : (
          <Button type="submit" disabled={!hydrated}>
            {t("chat.send")}
          </Button>
        )}
      </form>
    </div>
  );
}

/** The stream ended as if it were complete, but without an answer. */
const BROKEN: Problem = { status: 0, code: "unreachable", detail: undefined, errors: [], retryAfterS: undefined, traceId: "" };

/** A turn that still runs, or has ended without an answer: what has come of it stays. */
function Unanswered({ turn, onAskAgain }: { turn: Turn; onAskAgain: (() => void) | undefined }) {
  const { t } = useI18n();
  const { steps, text, problem, stopped } = turn;
  const running = runs(turn);
  const came = text !== "" || steps.length > 0;
  const mayHaveProposed = !running && steps.some(({ tool }) => tool.startsWith("propose_"));
  return (
    <>
      {came && (
        <div className={styles.progress}>
          <ol className={styles.steps}>
            {steps.filter(isTelling).map((step) => (
              <StepLine key={step.id} step={running || step.state !== "running" ? step : { ...step, state: "failed" }} />
            ))}
          </ol>
          {/* Read as a whole when it is complete, not piece by piece. */}
          {text && (
            <div aria-live="off" className={styles.text}>
              <PlainText text={partsOf(text).text} />
            </div>
          )}
        </div>
      )}
      {running && text === "" && <p className={styles.thinking}>{t("chat.thinking")}</p>}
      {stopped && onAskAgain && <Notice tone="info">{t("chat.stopped")}</Notice>}
      {problem && (came && problem.status === 0 ? <Notice tone="error">{t("chat.lost")}</Notice> : <ProblemNotice problem={problem} />)}
      {mayHaveProposed && onAskAgain && <p className={styles.thinking}>{t("chat.mayHaveProposed")}</p>}
      {!running && onAskAgain && (
        <div>
          <Button variant="secondary" onClick={onAskAgain}>
            {t("chat.tryAgain")}
          </Button>
        </div>
      )}
    </>
  );
}

/** That the coordinator asks a specialist is told by what the specialist does. */
function isTelling({ tool }: Step): boolean {
  return !tool.startsWith("ask_");
}

function StepLine({ step }: { step: Step }) {
  const i18n = useI18n();
  const { agent, tool, state } = step;
  return (
    <li className={styles.step} data-state={state}>
      <span className={styles.mark} aria-hidden />
      <span>
        {toolName(i18n, tool)} <span className={styles.agent}>{agentName(i18n, agent)}</span>
        {state !== "running" && <span className={hidden.hidden}> {i18n.t(`chat.step.${state}`)}</span>}
      </span>
    </li>
  );
}
