import { Button, ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { ImportResult } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./preview-panel.module.css";

export function ImportDone({ result, accountId, onAnother }: { result: ImportResult; accountId: string; onAnother: () => void }) {
  const { t } = useI18n();
  return (
    <Panel>
      <Notice tone="success">
        <p>{t("imports.done", { count: result.imported })}</p>
        <p>{t("imports.doneUndo")}</p>
        {result.duplicates > 0 && <p>{t("imports.doneDuplicates", { count: result.duplicates })}</p>}
      </Notice>
      <div className={styles.buttons}>
        <ButtonLink href="/dashboard">{t("imports.seeDashboard")}</ButtonLink>
        <ButtonLink href={{ pathname: "/transactions", query: { account_id: accountId } }} variant="secondary">
          {t("imports.seeTransactions")}
        </ButtonLink>
        <Button variant="quiet" onClick={onAnother}>
          {t("imports.another")}
        </Button>
      </div>
    </Panel>
  );
}
