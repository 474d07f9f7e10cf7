import { useRouter } from "next/navigation";
import { startTransition, useRef, useState } from "react";
import { api } from "@/lib/api/browser";
import type { Problem, Result } from "@/lib/api/problem";
import type { Transaction } from "@/lib/api/schema";

export type Change = Partial<Pick<Transaction, "payee" | "category_id">>;

interface Edit {
  /** Shown from the moment it is made; what was refused is gone again. */
  change: Change;
  /** How many writes are under way. */
  saving: number;
  problem?: Problem;
}

const NOTHING: Edit = { change: {}, saving: 0 };

/** What a change must not be made to unseen. */
function seen({ kind, payee, category_id, splits }: Transaction): string {
  return JSON.stringify([kind, payee, category_id, splits.length]);
}

/** Rows of a list have no ETag: the one that is read now has to be what was shown, and still the same when it is written. */
async function write(shown: Transaction, change: Change, overwrite: boolean): Promise<Result<Transaction> | "stale"> {
  const path = `/transactions/${shown.id}`;
  const now = await api.get<Transaction>(path);
  if (!now.ok) return now;
  if (!overwrite && seen(now.data) !== seen(shown)) return "stale";
  const result = await api.patch<Transaction>(path, change, { etag: now.etag });
  return !result.ok && result.problem.status === 412 ? "stale" : result;
}

/** The rows with what is changed in them; `onStale` is told of a change that somebody else was faster than. */
export function useInlineEdits(items: Transaction[], onStale: (row: Transaction, change: Change) => void) {
  const router = useRouter();
  const [edits, setEdits] = useState<Record<string, Edit>>({});
  const [shownItems, setShownItems] = useState(items);
  const last = useRef(new Map<string, Promise<void>>());
  if (items !== shownItems) {
    setShownItems(items);
    // The page was read anew, with all that has been saved.
    setEdits(Object.fromEntries(Object.entries(edits).filter(([, { saving }]) => saving > 0)));
  }

  function save(row: Transaction, change: Change, overwrite = false) {
    const setEdit = (next: (edit: Edit) => Edit) => setEdits((before) => ({ ...before, [row.id]: next(before[row.id] ?? NOTHING) }));
    setEdit((edit) => ({ change: { ...edit.change, ...change }, saving: edit.saving + 1 }));

    async function send() {
      const result = await write(row, change, overwrite);
      const problem = result === "stale" || result.ok ? undefined : result.problem;
      const refused = result === "stale" || problem;
      setEdit((edit) => ({
        change: refused ? without(edit.change, change) : edit.change,
        saving: edit.saving - 1,
        ...(problem && { problem }),
      }));
      if (result === "stale") onStale(row, change);
      else if (!problem) startTransition(() => router.refresh());
    }

    // One after the other, as each is made to what the one before has left.
    last.current.set(row.id, (last.current.get(row.id) ?? Promise.resolve()).then(send));
  }

  return {
    rows: items.map((item) => ({ ...item, ...edits[item.id]?.change })),
    edits,
    save,
  };
}

function without(change: Change, refused: Change): Change {
  return Object.fromEntries(Object.entries(change).filter(([name]) => !(name in refused)));
}
