"use client";

import { lazy, Suspense, useId, useState } from "react";
import type { Names } from "@/components/proposals/names";
import type { Proposal } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./pending-proposals.module.css";

const ProposalCard = lazy(async () => ({ default: (await import("@/components/proposals/proposal-card")).ProposalCard }));

interface PendingProposalsProps {
  items: readonly Proposal[];
  names: Names;
  /** Those that stand in the open conversation already. */
  elsewhere: readonly string[];
}

/** Everything that waits for a decision; what was decided here stays, with its outcome, until one leaves the page. */
export function PendingProposals({ items, names, elsewhere }: PendingProposalsProps) {
  const { t } = useI18n();
  const heading = useId();
  const [kept, setKept] = useState(items);
  const added = items.filter(({ id }) => !kept.some((proposal) => proposal.id === id));
  if (added.length > 0) setKept([...added, ...kept]);
  const shown = kept.filter(({ id }) => !elsewhere.includes(id));
  const waiting = items.filter(({ id }) => !elsewhere.includes(id)).length;
  return (
    <section id="waiting" aria-labelledby={heading} className={styles.waiting}>
      <h2 id={heading}>{waiting > 0 ? t("proposals.waitingCount", { count: waiting }) : t("proposals.waiting")}</h2>
      {shown.length === 0 && <p className={styles.none}>{t(elsewhere.length > 0 ? "proposals.noneElsewhere" : "proposals.noneWaiting")}</p>}
      {shown.map((proposal) => (
        <Suspense key={proposal.id}>
          <ProposalCard reference={proposal} initial={{ proposal, names, transaction: undefined }} />
        </Suspense>
      ))}
    </section>
  );
}
