"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, lazy, startTransition, Suspense, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { OpenDialog } from "@/components/transactions/dialogs";
import { LedgerRow, type Part } from "@/components/transactions/ledger-row";
import type { Lists } from "@/components/transactions/lists";
import { namesOf, usePurpose } from "@/components/transactions/row-parts";
import { selectRows } from "@/components/transactions/selection";
import { useInlineEdits } from "@/components/transactions/use-inline-edits";
import { Button } from "@/components/ui/button";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import hidden from "@/components/ui/visually-hidden.module.css";
import { api } from "@/lib/api/browser";
import type { BulkResult, Transaction } from "@/lib/api/schema";
import { useAction } from "@/lib/use-action";
import { useI18n } from "#i18n";
import styles from "./ledger.module.css";

const Dialogs = lazy(() => import("@/components/transactions/dialogs"));

/** The button that adds a transaction, which stands elsewhere on the page. */
export const ADD_BUTTON_ID = "add-transaction";

interface LedgerProps {
  items: Transaction[];
  lists: Lists;
  /** All rows are as one account sees them. */
  ofAccount: boolean;
}

/** The transactions of a page, to look through and to put in order, by pointer or by keyboard. */
export function Ledger({ items, lists, ofAccount }: LedgerProps) {
  const { t } = useI18n();
  const router = useRouter();
  const table = useRef<HTMLTableElement>(null);
  const place = useRef<{ index: number; part: Part }>(undefined);
  const [open, setOpen] = useState<OpenDialog>();
  const [editing, setEditing] = useState<{ id: string; part: Part }>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [rangeStart, setRangeStart] = useState<string>();
  const [done, setDone] = useState<string>();
  const { busy, problem, act } = useAction();
  const { rows, edits, save } = useInlineEdits(items, (row, change) => setOpen({ kind: "stale", row, change }));
  const accounts = namesOf(lists.accounts);
  const purpose = usePurpose(namesOf(lists.categories));

  const selectable = rows.filter(({ kind }) => kind !== "trade").map(({ id }) => id);
  const chosen = rows.filter(({ id }) => selected.has(id));

  useEffect(() => {
    // A row that left the page had the focus: the one in its place takes it.
    if (table.current && place.current && document.activeElement === document.body) focusPart(table.current, place.current.index, place.current.part);
  }, [items]);

  function moveTo(index: number, part: Part) {
    if (table.current) focusPart(table.current, index, part);
  }

  function choose(id: string, checked: boolean, range: boolean) {
    setDone(undefined);
    setSelected(selectRows(selected, selectable, { id, checked, from: range ? rangeStart : undefined }));
    setRangeStart(id);
  }

  function stopEditing(byKey: boolean) {
    if (!editing) return;
    flushSync(() => setEditing(undefined));
    if (byKey) moveTo(rows.findIndex(({ id }) => id === editing.id), editing.part);
  }

  function startEditing(row: Transaction, part: Part) {
    if (row.kind === "standard" && (part === "payee" || row.splits.length === 0)) setEditing({ id: row.id, part });
    else if (row.kind === "transfer" && part === "payee") setEditing({ id: row.id, part });
    else if (row.kind !== "trade") setOpen({ kind: "edit", row });
  }

  function finish(message: string) {
    setOpen(undefined);
    setSelected(new Set());
    setDone(message);
    startTransition(() => router.refresh());
  }

  function markCleared() {
    const ids = chosen.map(({ id }) => id);
    void act(
      () => api.post<BulkResult>("/transactions/bulk", { ids, status: "cleared" }),
      ({ transactions }) => finish(t("transactions.bulkDone", { count: transactions })),
    );
  }

  /** Single keys, but only while the focus is on something in the list that takes no text (WCAG 2.2, 2.1.4). */
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input:not([type=checkbox]), select")) return;
    const element = target.closest<HTMLElement>("[data-row]");
    const index = rows.findIndex(({ id }) => id === element?.dataset.row);
    const row = rows[index];
    const part = (target.dataset.part ?? "select") as Part;
    // On a keyboard of another script the letter is told by its place.
    const key = /^Key[A-Z]$/.test(event.code) && !/^[a-z]$/i.test(event.key) ? event.code.slice(3).toLowerCase() : event.key;
    const shortcuts: Record<string, (() => void) | undefined> = {
      j: () => moveTo(index + 1, part),
      ArrowDown: () => moveTo(index + 1, part),
      k: () => moveTo(index - 1, part),
      ArrowUp: () => moveTo(index - 1, part),
      e: row && row.kind !== "trade" ? () => setOpen({ kind: "edit", row }) : undefined,
      x: row && row.kind !== "trade" ? () => choose(row.id, !selected.has(row.id), false) : undefined,
      X: row && row.kind !== "trade" ? () => choose(row.id, true, true) : undefined,
      c: chosen.length > 0 ? () => setOpen({ kind: "bulk", rows: chosen }) : undefined,
      n: () => document.getElementById(ADD_BUTTON_ID)?.click(),
      "/": () => document.querySelector<HTMLInputElement>("[role=search] [type=search]")?.focus(),
      "?": () => setOpen({ kind: "shortcuts" }),
    };
    const run = shortcuts[key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  return (
    <>
      <div className={styles.container} onKeyDown={onKeyDown}>
        <div className={styles.toolbar}>
          <label className={styles.all}>
            <input
              type="checkbox"
              aria-label={t("transactions.selectAll")}
              ref={(box) => {
                if (box) box.indeterminate = chosen.length > 0 && chosen.length < selectable.length;
              }}
              checked={chosen.length > 0 && chosen.length === selectable.length}
              disabled={selectable.length === 0}
              onChange={(event) => setSelected(new Set(event.target.checked ? selectable : []))}
            />
            <span role="status">{chosen.length > 0 ? t("transactions.selected", { count: chosen.length }) : t("transactions.selectAll")}</span>
          </label>
          {chosen.length > 0 ? (
            <div className={styles.actions}>
              <Button variant="quiet" onClick={() => setOpen({ kind: "bulk", rows: chosen })}>
                {t("transactions.bulkChange")}
              </Button>
              <Button variant="quiet" disabled={busy} onClick={markCleared}>
                {t("transactions.markCleared")}
              </Button>
              <Button variant="quiet" onClick={() => setOpen({ kind: "delete", rows: chosen })}>
                {t("app.delete")}
              </Button>
            </div>
          ) : (
            <div className={styles.keys}>
              <Button variant="quiet" onClick={() => setOpen({ kind: "shortcuts" })}>
                {t("transactions.shortcuts")}
              </Button>
            </div>
          )}
        </div>
        <ProblemNotice problem={problem} />
        {done && <Notice tone="success">{done}</Notice>}
        {/* Rows are laid out as grids, which takes the table roles away in some browsers: hence they are named. */}
        <table
          role="table"
          ref={table}
          onFocus={(event) => {
            const { part } = event.target.dataset;
            const id = event.target.closest<HTMLElement>("[data-row]")?.dataset.row;
            if (part && id) place.current = { index: rows.findIndex((row) => row.id === id), part: part as Part };
          }}
        >
          <thead role="rowgroup" className={hidden.hidden}>
            <tr role="row">
              <th role="columnheader" scope="col">{t("transactions.select")}</th>
              <th role="columnheader" scope="col">{t("transactions.date")}</th>
              <th role="columnheader" scope="col">{t("transactions.payee")}</th>
              <th role="columnheader" scope="col">{t("transactions.category")}</th>
              <th role="columnheader" scope="col">{t("transactions.amount")}</th>
              <th role="columnheader" scope="col">{t("app.edit")}</th>
            </tr>
          </thead>
          {byDay(rows).map((day) => (
            <tbody role="rowgroup" key={day[0]!.id} className={styles.day}>
              {day.map((row) => (
                <LedgerRow
                  key={row.id}
                  row={row}
                  accounts={accounts}
                  categories={lists.categories}
                  purpose={purpose(row)}
                  ofAccount={ofAccount}
                  selected={selected.has(row.id)}
                  editing={editing?.id === row.id ? editing.part : undefined}
                  saving={(edits[row.id]?.saving ?? 0) > 0}
                  problem={edits[row.id]?.problem}
                  onChoose={(checked, range) => choose(row.id, checked, range)}
                  onStart={(part) => startEditing(row, part)}
                  onEdit={() => setOpen({ kind: "edit", row })}
                  onStop={stopEditing}
                  onSave={(change) => save(row, change)}
                />
              ))}
            </tbody>
          ))}
        </table>
      </div>
      {open && (
        <Suspense>
          <Dialogs
            open={open}
            lists={lists}
            onOpen={setOpen}
            onClose={() => setOpen(undefined)}
            onDone={finish}
            onOverwrite={(row, change) => {
              setOpen(undefined);
              save(row, change, true);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/** The same control in another row, or the first one that it has. */
function focusPart(table: HTMLTableElement, index: number, part: Part) {
  const rows = table.querySelectorAll<HTMLElement>("[data-row]");
  const row = rows[Math.max(0, Math.min(index, rows.length - 1))];
  const control = row?.querySelector<HTMLElement>(`[data-part="${part}"]:not(:disabled)`) ?? row?.querySelector<HTMLElement>("[data-part]:not(:disabled)");
  control?.focus();
}

/** Rows of one day after the other. */
function byDay(rows: Transaction[]): Transaction[][] {
  const days: Transaction[][] = [];
  for (const row of rows) {
    const day = days.at(-1);
    if (day?.[0]?.date === row.date) day.push(row);
    else days.push([row]);
  }
  return days;
}
