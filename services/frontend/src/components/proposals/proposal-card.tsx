"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useCallback, useEffect, useId, useState } from "react";
import { Details } from "@/components/proposals/details";
import { editableFields } from "@/components/proposals/fields";
import { loadNames, type Names } from "@/components/proposals/names";
import { resultPath } from "@/components/proposals/results";
import { Button } from "@/components/ui/button";
import { Moment } from "@/components/ui/moment";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { Problem } from "@/lib/api/problem";
import type { Proposal, ProposalReference, Transaction } from "@/lib/api/schema";
import type { I18n } from "@/lib/i18n/i18n";
import { useI18n } from "#i18n";
import styles from "./proposal-card.module.css";

const ProposalEditor = lazy(() => import("@/components/proposals/proposal-editor"));

/** Says to every card of the same proposal that it has been decided on, or changed. */
const CHANGED = "proposal-changed";

interface Loaded {
  proposal: Proposal;
  names: Names;
  transaction: Transaction | undefined;
}

interface ProposalCardProps {
  reference: ProposalReference;
  /** Where the page has read it already. Without an ETag: what is confirmed is read once more before. */
  initial?: Loaded;
  onDecided?: () => void;
}

/** A change that waits for the user's decision. What is confirmed is what was shown: anything else is refused and shown first. */
export function ProposalCard({ reference, initial, onDecided }: ProposalCardProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const router = useRouter();
  const heading = useId();
  const path = `/proposals/${reference.id}`;
  const [loaded, setLoaded] = useState<Loaded | undefined>(initial);
  const [etag, setEtag] = useState<string>();
  const [busy, setBusy] = useState<"confirm" | "decline">();
  const [problem, setProblem] = useState<Problem>();
  const [editing, setEditing] = useState(false);

  const load = useCallback(async () => {
    const [result, names] = await Promise.all([api.get<Proposal>(path), loadNames()]);
    if (!result.ok) return setProblem(result.problem);
    const { payload } = result.data;
    const target = typeof payload.transaction_id === "string" && result.data.status === "pending" ? payload.transaction_id : undefined;
    const transaction = target ? await api.get<Transaction>(`/transactions/${target}`) : undefined;
    setLoaded({
      proposal: result.data,
      names: names ?? { accounts: [], categories: [] },
      transaction: transaction?.ok ? transaction.data : undefined,
    });
    setEtag(result.etag);
  }, [path]);

  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect -- what it sets comes from the API, later
    void load();
    const reload = (event: Event) => {
      if ((event as CustomEvent<string>).detail === path) void load();
    };
    window.addEventListener(CHANGED, reload);
    return () => window.removeEventListener(CHANGED, reload);
  }, [load, path]);

  async function decide(decision: "confirm" | "decline") {
    setBusy(decision);
    setProblem(undefined);
    const result = await api.post<Proposal>(`${path}/${decision}`, undefined, { etag });
    setBusy(undefined);
    if (!result.ok) setProblem(result.problem);
    if (result.ok || OUTRUN.has(result.problem.status)) {
      window.dispatchEvent(new CustomEvent(CHANGED, { detail: path }));
    }
    if (result.ok) {
      if (loaded) setLoaded({ ...loaded, proposal: result.data });
      onDecided?.();
      router.refresh();
    }
  }

  const proposal = loaded?.proposal;
  const waits = proposal?.status === "pending";
  return (
    <article aria-labelledby={heading} className={styles.card} data-status={proposal?.status}>
      <header className={styles.header}>
        <h3 id={heading}>{t(proposal ? `proposals.kind.${proposal.kind}` : "proposals.title")}</h3>
        {proposal && <span className={styles.status}>{t(`proposals.state.${proposal.status}`)}</span>}
      </header>
      {loaded ? <Details {...loaded} /> : <p dir="auto">{reference.summary}</p>}
      <div aria-live="polite" className={styles.said}>
        {proposal?.status === "confirmed" && <Outcome proposal={proposal} />}
      </div>
      <Refusal problem={problem} i18n={i18n} />
      {waits && (
        <>
          <div className={styles.actions}>
            <Button disabled={busy !== undefined || etag === undefined} onClick={() => void decide("confirm")}>
              {t(busy === "confirm" ? "app.working" : "proposals.confirm")}
            </Button>
            {editableFields(proposal.kind, proposal.payload).length > 0 && (
              <Button variant="secondary" disabled={busy !== undefined} onClick={() => setEditing(true)}>
                {t("app.edit")}
              </Button>
            )}
            <Button variant="quiet" disabled={busy !== undefined} onClick={() => void decide("decline")}>
              {t(busy === "decline" ? "app.working" : "proposals.decline")}
            </Button>
          </div>
          <p className={styles.until}>
            {t("proposals.openUntil")} <Moment at={proposal.expires_at} />
          </p>
        </>
      )}
      {editing && loaded && (
        <Suspense>
          <ProposalEditor
            path={path}
            names={loaded.names}
            onSaved={() => {
              setEditing(false);
              setProblem(undefined);
              window.dispatchEvent(new CustomEvent(CHANGED, { detail: path }));
            }}
            onClose={() => setEditing(false)}
          />
        </Suspense>
      )}
    </article>
  );
}

/** It isn't any more what was shown: gone, decided, expired or changed. */
const OUTRUN: ReadonlySet<number> = new Set([404, 409, 410, 412]);

function Refusal({ problem, i18n: { t, has } }: { problem: Problem | undefined; i18n: I18n }) {
  if (!problem) return null;
  const key = `proposals.refused.${problem.code}`;
  return has(key) ? <Notice tone="error">{t(key)}</Notice> : <ProblemNotice problem={problem} />;
}

function Outcome({ proposal }: { proposal: Proposal }) {
  const { t } = useI18n();
  const target = resultPath(proposal);
  return (
    <p>
      {t(`proposals.done.${proposal.kind}`)} {target && <Link href={target}>{t("proposals.show")}</Link>}
    </p>
  );
}
