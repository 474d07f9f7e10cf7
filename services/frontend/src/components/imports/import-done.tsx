import { Button, ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { ImportResult } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import styles from "./preview-panel.module.css";

export function ImportDone({ result, onAnother }: { result: ImportResult; onAnother: () => void }) {
  return (
    <Panel>
      <Notice tone="success">
        <p>{t("import.done", { count: result.imported })}</p>
        {result.duplicates > 0 && <p>{t("import.doneDuplicates", { count: result.duplicates })}</p>}
      </Notice>
      <div className={styles.buttons}>
        <ButtonLink href="/dashboard">{t("import.seeDashboard")}</ButtonLink>
        <ButtonLink href="/transactions" variant="secondary">
          {t("import.seeTransactions")}
        </ButtonLink>
        <Button variant="quiet" onClick={onAnother}>
          {t("import.another")}
        </Button>
      </div>
    </Panel>
  );
}
