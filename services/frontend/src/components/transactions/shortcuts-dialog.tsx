import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { useI18n } from "#i18n";
import styles from "./fields.module.css";

const SHORTCUTS = [
  [["j", "↓"], "transactions.key.next"],
  [["k", "↑"], "transactions.key.previous"],
  [["Enter"], "transactions.key.inPlace"],
  [["e"], "transactions.key.edit"],
  [["x"], "transactions.key.select"],
  [["Shift+x"], "transactions.key.range"],
  [["c"], "transactions.key.bulk"],
  [["n"], "transactions.key.add"],
  [["/"], "transactions.key.search"],
  [["?"], "transactions.key.help"],
] as const;

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog title={t("transactions.shortcuts")} onClose={onClose}>
      <p className={styles.soft}>{t("transactions.shortcutsDetail")}</p>
      <dl className={styles.keys}>
        {SHORTCUTS.map(([keys, text]) => (
          <div key={text} className={styles.shortcut}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <DialogActions>
        <Button variant="secondary" onClick={onClose}>
          {t("app.close")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
