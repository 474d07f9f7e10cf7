import Link from "next/link";
import { Suspense, type ReactNode } from "react";
import ChatButton from "@/components/chat/chat-button";
import { Bell } from "@/components/notifications/bell";
import { Brand } from "@/components/shell/brand";
import { Navigation } from "@/components/shell/navigation";
import { Offline } from "@/components/shell/offline";
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
            <div className={styles.tools}>
              <Suspense>
                <Bell />
              </Suspense>
              <ChatButton />
            </div>
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
          <Offline />
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
