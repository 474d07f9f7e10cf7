import { useId, useState, type DragEvent } from "react";
import { Icon } from "@/components/ui/icons";
import { useHydrated } from "@/lib/use-hydrated";
import { useI18n } from "#i18n";
import styles from "./file-drop.module.css";

const KILOBYTES: Intl.NumberFormatOptions = { style: "unit", unit: "kilobyte", maximumFractionDigits: 1 };

interface FileDropProps {
  file: File | undefined;
  disabled: boolean;
  onChoose: (file: File) => void;
}

/** A file input that is also a place to drop on: keyboard and screen reader get the plain input. */
export function FileDrop({ file, disabled, onChoose }: FileDropProps) {
  const { t, formatNumber } = useI18n();
  const id = useId();
  const hydrated = useHydrated();
  const [over, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped && !disabled) onChoose(dropped);
  }

  return (
    <label
      htmlFor={id}
      className={over ? `${styles.drop} ${styles.over}` : styles.drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="import" />
      <span>
        <span className={styles.title}>{t("imports.file")}</span>
        <span className={styles.detail}>
          {file ? t("imports.chosen", { name: file.name, size: formatNumber(file.size / 1000, KILOBYTES) }) : t("imports.drop")}
        </span>
      </span>
      <input
        id={id}
        type="file"
        accept=".csv,.ofx,.qfx,.qif,.xml,text/csv,text/plain,application/xml,text/xml"
        disabled={disabled || !hydrated}
        className={styles.input}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) onChoose(chosen);
          // Emptied, so that choosing the same, corrected file again is noticed.
          event.target.value = "";
        }}
      />
    </label>
  );
}
