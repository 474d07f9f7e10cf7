import type { ReactNode } from "react";
import { LanguageSwitch } from "@/components/auth/language-switch";
import { Brand } from "@/components/shell/brand";
import { Messages } from "@/lib/i18n/messages";
import { useI18n } from "#i18n";
import styles from "./layout.module.css";

export default function AuthLayout({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  return (
    <div className={styles.page}>
      <section className={styles.promise}>
        <Brand />
        <div className={styles.pitch}>
          <p className={styles.headline}>{t("auth.promiseTitle")}</p>
          <ul className={styles.points}>
            <li>{t("auth.promiseImport")}</li>
            <li>{t("auth.promiseSee")}</li>
            <li>{t("auth.promiseAsk")}</li>
          </ul>
        </div>
        <svg aria-hidden viewBox="0 0 400 140" preserveAspectRatio="none" className={styles.curve}>
          <path d="M0 104C48 104 60 58 112 58s62 46 112 46 62-78 104-78 48 18 72 18v96H0Z" className={styles.area} />
          <path d="M0 104C48 104 60 58 112 58s62 46 112 46 62-78 104-78 48 18 72 18" className={styles.line} />
        </svg>
      </section>
      <main className={styles.main}>
        <div className={styles.language}>
          <LanguageSwitch />
        </div>
        <Messages of={["auth"]}>{children}</Messages>
      </main>
    </div>
  );
}
