"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, type SubmitEvent, useState, useTransition } from "react";
import { pagePath, readQuery, type TransactionsQuery, withoutCursor } from "@/lib/transactions-query";
import styles from "./filters.module.css";

/** Puts the filters that are set into the address. */
export function FilterForm({ query, children }: { query: TransactionsQuery; children: ReactNode }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  // The fields get their values anew when the address changes otherwise, by "Clear" or the back button, but not while they are in use.
  const wanted = pagePath(withoutCursor(query));
  const [shown, setShown] = useState(wanted);
  const [sent, setSent] = useState(wanted);
  const [version, setVersion] = useState(0);
  if (wanted !== shown) {
    setShown(wanted);
    setSent(wanted);
    if (wanted !== sent) setVersion(version + 1);
  }

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const path = pagePath(readQuery(Object.fromEntries(new FormData(event.currentTarget))));
    setSent(path);
    startTransition(() => router.push(path as never));
  }

  return (
    <form key={version} method="get" action="/transactions" role="search" aria-busy={pending} onSubmit={onSubmit} className={styles.form}>
      {children}
    </form>
  );
}
