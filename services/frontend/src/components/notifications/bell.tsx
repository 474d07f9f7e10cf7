import Link from "next/link";
import { Icon } from "@/components/ui/icons";
import hidden from "@/components/ui/visually-hidden.module.css";
import { glance } from "@/lib/api/server";
import type { NotificationPage } from "@/lib/api/schema";
import { getI18n } from "@/lib/i18n/server";
import styles from "./bell.module.css";

const MOST = 99;

/** Leads to the notifications and says how many are unread; without the number when the backend is down. Wants a Suspense around it. */
export async function Bell() {
  const { t, formatNumber } = await getI18n();
  const unread = (await glance<NotificationPage>("/notifications", { limit: "1" }))?.unread ?? 0;
  return (
    <Link href="/notifications" className={styles.bell}>
      <Icon name="notifications" />
      <span className={hidden.hidden}>{unread > 0 ? t("notifications.bellUnread", { count: unread }) : t("notifications.title")}</span>
      {unread > 0 && (
        <span aria-hidden className={styles.count}>
          {unread > MOST ? `${formatNumber(MOST)}+` : formatNumber(unread)}
        </span>
      )}
    </Link>
  );
}
