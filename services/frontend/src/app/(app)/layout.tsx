import Link from "next/link";
import { Suspense, type ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { Navigation } from "@/components/shell/navigation";
import { SignOut } from "@/components/shell/sign-out";
import { currentUser } from "@/lib/api/server";
import { Messages } from "@/lib/i18n/messages";
import { useI18n } from "#i18n";
import styles from "./layout.module.css";

export default function AppLayout({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  return (
    <Messages of={["nav"]}>
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t("app.skip")}
      </a>
      <header className={styles.side}>
        <div className={styles.top}>
          <Link href="/dashboard" className={styles.home}>
            <Brand />
          </Link>
        </div>
        <Navigation />
        <div className={styles.user}>
          <Suspense>
            <UserName />
          </Suspense>
          <SignOut />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </div>
    </Messages>
  );
}

async function UserName() {
  const user = await currentUser();
  return user ? <p className={styles.name}>{user.name || user.email}</p> : null;
}
