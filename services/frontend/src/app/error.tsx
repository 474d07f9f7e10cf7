"use client";

import { Button } from "@/components/ui/button";
import { useI18n } from "#i18n";
import styles from "@/components/shell/message-page.module.css";

/** Comes with every page, so it brings no more than it needs. */
export default function Crash({ retry }: { retry: () => void }) {
  const { t } = useI18n();
  return (
    <main className={styles.page}>
      <h1>{t("problem.crashTitle")}</h1>
      <p className={styles.detail}>{t("problem.crashDetail")}</p>
      <div>
        <Button onClick={retry}>{t("problem.retry")}</Button>
      </div>
    </main>
  );
}
