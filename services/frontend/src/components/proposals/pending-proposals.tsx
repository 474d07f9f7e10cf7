"use client";

import { useState } from "react";
import type { Names } from "@/components/proposals/names";
import { ProposalCard } from "@/components/proposals/proposal-card";
import { Panel } from "@/components/ui/panel";
import type { Proposal } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./pending-proposals.module.css";

/** Everything that waits for a decision; what was decided here stays, with its outcome, until one leaves the page. */
export function PendingProposals({ items, names }: { items: readonly Proposal[]; names: Names }) {
  const { t } = useI18n();
  const [shown, setShown] = useState(items);
  const added = items.filter(({ id }) => !shown.some((proposal) => proposal.id === id));
  if (added.length > 0) setShown([...added, ...shown]);
  return (
    <div id="waiting" className={styles.waiting}>
      <Panel title={items.length > 0 ? t("proposals.waitingCount", { count: items.length }) : t("proposals.waiting")}>
        {shown.length === 0 ? (
          <p className={styles.none}>{t("proposals.noneWaiting")}</p>
        ) : (
          <div className={styles.list}>
            {shown.map((proposal) => (
              <ProposalCard key={proposal.id} reference={proposal} initial={{ proposal, names, transaction: undefined }} />
            ))}
          </div>
        )}
      </Panel>
    </div>
  );
}
