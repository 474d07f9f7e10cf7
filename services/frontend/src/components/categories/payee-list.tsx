"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Payee } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import hidden from "@/components/ui/visually-hidden.module.css";
import styles from "./categories.module.css";

const PayeeDialog = lazy(() => import("@/components/categories/payee-dialog"));

export function PayeeList({ payees, categories }: { payees: Payee[]; categories: Record<string, string> }) {
  const { t, formatDate, formatNumber } = useI18n();
  const router = useRouter();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [renaming, setRenaming] = useState<Payee[]>();
  const [renamed, setRenamed] = useState<number>();
  const chosen = payees.filter(({ name }) => selected.has(name));

  function toggle(name: string) {
    const next = new Set(selected);
    if (!next.delete(name)) next.add(name);
    setSelected(next);
  }

  return (
    <>
      <div className={styles.bar}>
        <p role="status" className={styles.soft}>
          {chosen.length > 0 ? t("categories.selected", { count: chosen.length }) : t("categories.selectHint")}
        </p>
        <Button variant="secondary" disabled={chosen.length < 2} onClick={() => setRenaming(chosen)}>
          {t("categories.mergePayees")}
        </Button>
      </div>
      {renamed !== undefined && <Notice tone="success">{t("categories.renamed", { count: renamed })}</Notice>}
      <table className={styles.payees}>
        <thead>
          <tr>
            <th scope="col">{t("categories.payee")}</th>
            <th scope="col" className={styles.number}>{t("categories.transactions")}</th>
            <th scope="col" className={styles.wide}>{t("categories.lastCategory")}</th>
            <th scope="col" className={styles.wide}>{t("categories.lastUsed")}</th>
            <th scope="col">
              <span className={hidden.hidden}>{t("categories.rename")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {payees.map((payee) => (
            <tr key={payee.name}>
              <th scope="row">
                <label className={styles.choice}>
                  <input type="checkbox" checked={selected.has(payee.name)} onChange={() => toggle(payee.name)} />
                  <bdi>{payee.name}</bdi>
                </label>
              </th>
              <td className={styles.number}>
                <Link href={{ pathname: "/transactions", query: { q: payee.name } }}>{formatNumber(payee.transactions)}</Link>
              </td>
              <td className={styles.wide}>
                <bdi>{categories[payee.category_id ?? ""]}</bdi>
              </td>
              <td className={styles.wide}>
                <time dateTime={payee.last_date}>{formatDate(payee.last_date)}</time>
              </td>
              <td className={styles.action}>
                <Button variant="quiet" aria-label={t("categories.renameOf", { name: payee.name })} onClick={() => setRenaming([payee])}>
                  {t("categories.rename")}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {renaming && (
        <Suspense>
          <PayeeDialog
            payees={renaming}
            onClose={() => setRenaming(undefined)}
            onDone={({ transactions }) => {
              setRenaming(undefined);
              setSelected(new Set());
              setRenamed(transactions);
              router.refresh();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
