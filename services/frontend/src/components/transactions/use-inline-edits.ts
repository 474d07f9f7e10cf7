import { useRouter } from "next/navigation";
import { startTransition, useState } from "react";
import { api } from "@/lib/api/browser";
import type { Problem, Result } from "@/lib/api/problem";
import type { Transaction } from "@/lib/api/schema";

export type Change = Partial<Pick<Transaction, "payee" | "category_id">>;

interface Edit {
  /** Shown from the moment it is made; gone again when it was refused. */
  change?: Change;
  saving?: boolean;
  problem?: Problem;
}

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
  if (items !== shownItems) {
    setShownItems(items);
    // The page was read anew, with all that has been saved.
    setEdits(Object.fromEntries(Object.entries(edits).filter(([, { saving }]) => saving)));
  }

  async function save(row: Transaction, change: Change, overwrite = false) {
    const setEdit = (edit: Edit) => setEdits((before) => ({ ...before, [row.id]: edit }));
    setEdit({ change, saving: true });
    const result = await write(row, change, overwrite);
    if (result === "stale") {
      setEdit({});
      onStale(row, change);
    } else if (result.ok) {
      setEdit({ change });
      startTransition(() => router.refresh());
    } else {
      setEdit({ problem: result.problem });
    }
  }

  return {
    rows: items.map((item) => ({ ...item, ...edits[item.id]?.change })),
    edits,
    save,
  };
}
