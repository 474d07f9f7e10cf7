"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice, ProblemNotice } from "@/components/ui/notice";
import { type Download, download, save } from "@/lib/api/download";
import { useAction } from "@/lib/use-action";
import { useI18n } from "#i18n";
import styles from "./data.module.css";

const ARCHIVE = "/export?compressed=true";
const TABLE = "/export/transactions.csv";
const KILOBYTE = 1000;
const UNITS = ["kilobyte", "megabyte", "gigabyte"] as const;

export function ExportButtons() {
  const i18n = useI18n();
  const { t } = i18n;
  const [bytes, setBytes] = useState(0);
  const [done, setDone] = useState<Download>();
  const { busy, problem, act } = useAction();

  function start(path: string) {
    setBytes(0);
    setDone(undefined);
    void act(
      () => download(path, setBytes),
      (file) => {
        save(file);
        setDone(file);
      },
    );
  }

  const size = (count: number) => {
    const exponent = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(count, 1)) / 3) - 1));
    return i18n.formatNumber(count / KILOBYTE ** (exponent + 1), { style: "unit", unit: UNITS[exponent]!, maximumFractionDigits: 1 });
  };

  return (
    <>
      <div className={styles.buttons}>
        <Button variant="secondary" disabled={busy} onClick={() => start(ARCHIVE)}>
          {t("settings.exportArchive")}
        </Button>
        <Button variant="secondary" disabled={busy} onClick={() => start(TABLE)}>
          {t("settings.exportTable")}
        </Button>
      </div>
      {busy && <Notice tone="info">{bytes > 0 ? t("settings.received", { size: size(bytes) }) : t("settings.preparing")}</Notice>}
      {done && <Notice tone="success">{t("settings.downloaded", { name: done.name, size: size(done.content.size) })}</Notice>}
      <ProblemNotice problem={problem} />
    </>
  );
}
