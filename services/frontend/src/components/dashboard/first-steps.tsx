import Link from "next/link";
import { DemoButton } from "@/components/demo/demo-button";
import { Panel } from "@/components/ui/panel";
import hidden from "@/components/ui/visually-hidden.module.css";
import { useI18n } from "#i18n";
import styles from "./first-steps.module.css";

const STEPS = [
  { title: "dashboard.stepAccount", detail: "dashboard.stepAccountDetail", href: "/accounts" },
  { title: "dashboard.stepImport", detail: "dashboard.stepImportDetail", href: "/import" },
  { title: "dashboard.stepAsk", detail: "dashboard.stepAskDetail", href: "/chat" },
] as const;

export function FirstSteps({ hasAccount }: { hasAccount: boolean }) {
  const { t } = useI18n();
  return (
    <Panel title={t("dashboard.welcome")}>
      <ol className={styles.steps}>
        {STEPS.map(({ title, detail, href }, index) => {
          const done = hasAccount && href === "/accounts";
          return (
            <li key={title} className={styles.step}>
              <span aria-hidden className={done ? styles.done : styles.number}>
                {done ? "✓" : index + 1}
              </span>
              <h3>
                <Link href={href}>{t(title)}</Link>
                {done && <span className={hidden.hidden}> ({t("dashboard.stepDone")})</span>}
              </h3>
              <p className={styles.detail}>{t(detail)}</p>
            </li>
          );
        })}
      </ol>
      {!hasAccount && (
        <div className={styles.example}>
          <p className={styles.detail}>{t("dashboard.example")}</p>
          <DemoButton />
        </div>
      )}
    </Panel>
  );
}
