interface Choice {
  id: string;
  checked: boolean;
  /** Where a range began; without one the choice is of this row only. */
  from?: string | undefined;
}

/** The selected of `ids` after a choice: one row, or all from another one to it. */
export function selectRows(selected: ReadonlySet<string>, ids: readonly string[], { id, checked, from }: Choice): Set<string> {
  const end = ids.indexOf(id);
  const start = from === undefined || !ids.includes(from) ? end : ids.indexOf(from);
  const next = new Set(selected);
  for (const one of ids.slice(Math.min(start, end), Math.max(start, end) + 1)) {
    if (checked) next.add(one);
    else next.delete(one);
  }
  return next;
}
