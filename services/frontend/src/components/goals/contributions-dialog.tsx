import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { Amount } from "@/components/ui/amount";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { api } from "@/lib/api/browser";
import type { Contribution, ContributionPage } from "@/lib/api/schema";
import { useAction } from "@/lib/use-action";
import { useI18n } from "#i18n";
import styles from "./contributions-dialog.module.css";

/** All that was put aside for a goal, the newest first. */
export default function ContributionsDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const { t } = useI18n();
  const router = useRouter();
  const [items, setItems] = useState<Contribution[]>();
  const [next, setNext] = useState<string | null>(null);
  const [deleted, setDeleted] = useState(false);
  const { busy, problem, act } = useAction();
  const path = `/goals/${id}/contributions`;

  const add = useCallback(({ items: more, next_cursor }: ContributionPage) => {
    setItems((known = []) => [...known, ...more]);
    setNext(next_cursor);
  }, []);

  useEffect(() => {
    let open = true;
    void act(() => api.get<ContributionPage>(path), (page) => open && add(page));
    return () => {
      open = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it is opened: `act` is made anew each time
  }, [add, path]);

  function remove(contribution: Contribution) {
    void act(
      () => api.delete(`${path}/${contribution.id}`),
      () => {
        setItems((known) => known?.filter((one) => one !== contribution));
        setDeleted(true);
        router.refresh();
      },
    );
  }

  return (
    <Dialog title={t("goals.historyLabel", { name })} onClose={onClose}>
      {!items && !problem && <p role="status">{t("app.loading")}</p>}
      {items?.length === 0 && <p>{t("goals.noHistory")}</p>}
      {items && (
        <ul>
          {items.map((contribution) => (
            <Row key={contribution.id} contribution={contribution} busy={busy} onDelete={() => remove(contribution)} />
          ))}
        </ul>
      )}
      {deleted && <Notice tone="success">{t("goals.deleted")}</Notice>}
      <ProblemNotice problem={problem} />
      <DialogActions>
        {next && (
          <Button variant="secondary" disabled={busy} onClick={() => act(() => api.get<ContributionPage>(`${path}?cursor=${encodeURIComponent(next)}`), add)}>
            {t("goals.older")}
          </Button>
        )}
        <Button variant="secondary" onClick={onClose}>
          {t("app.close")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Is deleted by a second press, for it can't be taken back. */
function Row({ contribution: { date, amount, note }, busy, onDelete }: { contribution: Contribution; busy: boolean; onDelete: () => void }) {
  const { t, formatDate, formatMoney } = useI18n();
  const [asking, setAsking] = useState(false);
  return (
    <li className={styles.row}>
      <div>
        <span className={styles.amount}>
          <Amount money={amount} sign="exceptZero" />
        </span>{" "}
        · <time dateTime={date}>{formatDate(date)}</time>
        {note && (
          <p dir="auto" className={styles.note}>
            {note}
          </p>
        )}
      </div>
      <div className={styles.buttons}>
        {asking ? (
          <>
            <Button variant="secondary" onClick={() => setAsking(false)}>
              {t("goals.keep")}
            </Button>
            <Button variant="danger" autoFocus disabled={busy} onClick={onDelete}>
              {t("app.delete")}
            </Button>
          </>
        ) : (
          <Button variant="quiet" aria-label={t("goals.deleteContribution", { amount: formatMoney(amount), date: formatDate(date) })} onClick={() => setAsking(true)}>
            {t("app.delete")}
          </Button>
        )}
      </div>
    </li>
  );
}
