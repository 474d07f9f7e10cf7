"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import { ADD_BUTTON_ID } from "@/components/transactions/ledger";
import type { Lists } from "@/components/transactions/lists";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "#i18n";
import styles from "./add-transaction.module.css";

const AddDialog = lazy(() => import("@/components/transactions/add-dialog"));

export function AddTransaction({ lists }: { lists: Lists }) {
  const { t, formatMoney } = useI18n();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [saved, setSaved] = useState<string>();
  return (
    <div className={styles.add}>
      <Button id={ADD_BUTTON_ID} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t("transactions.add")}
      </Button>
      {saved && <Notice tone="success">{saved}</Notice>}
      {open && (
        <Suspense>
          <AddDialog
            lists={lists}
            onClose={() => setOpen(false)}
            onDone={({ payee, amount }) => {
              setOpen(false);
              setSaved(t("transactions.saved", { payee, amount: formatMoney(amount) }));
              router.refresh();
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
