import { useId, useState, type DragEvent } from "react";
import { Icon } from "@/components/ui/icons";
import { LOCALE, t } from "@/lib/i18n";
import { useHydrated } from "@/lib/use-hydrated";
import styles from "./file-drop.module.css";

interface FileDropProps {
  file: File | undefined;
  disabled: boolean;
  onChoose: (file: File) => void;
}

/** A file input that is also a place to drop on: keyboard and screen reader get the plain input. */
export function FileDrop({ file, disabled, onChoose }: FileDropProps) {
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
        <span className={styles.title}>{t("import.file")}</span>
        <span className={styles.detail}>
          {file ? t("import.chosen", { name: file.name, size: formatSize(file.size) }) : t("import.drop")}
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

function formatSize(bytes: number): string {
  return new Intl.NumberFormat(LOCALE, { style: "unit", unit: "kilobyte", maximumFractionDigits: 1 }).format(bytes / 1000);
}
