"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { iconOf, isUrgent, subjectPath } from "@/components/notifications/subject";
import { translated } from "@/components/notifications/wording";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { Moment } from "@/components/ui/moment";
import { ProblemNotice } from "@/components/ui/notice";
import hidden from "@/components/ui/visually-hidden.module.css";
import { api } from "@/lib/api/browser";
import type { Problem } from "@/lib/api/problem";
import type { Notification } from "@/lib/api/schema";
import { DIRECTIONS } from "@/lib/i18n/languages";
import { useI18n } from "#i18n";
import styles from "./notifications.module.css";

/** One notification. What is done to it shows at once, and is taken back when it is refused. */
export function NotificationRow({ notification }: { notification: Notification }) {
  const i18n = useI18n();
  const { t } = i18n;
  const router = useRouter();
  const [wished, setWished] = useState<"read" | "unread" | "dismissed">();
  const [problem, setProblem] = useState<Problem>();
  const { id, kind, created_at: at } = notification;
  const { title, message, language } = translated(notification, i18n);
  const read = wished === undefined ? notification.read : wished === "read";
  const path = `/notifications/${id}`;

  async function wish(state: "read" | "unread" | "dismissed") {
    setWished(state);
    setProblem(undefined);
    const result = state === "dismissed" ? await api.delete(path) : await api.patch<Notification>(path, { read: state === "read" });
    if (result.ok) return router.refresh();
    setWished(undefined);
    setProblem(result.problem);
  }

  if (wished === "dismissed") return null;
  return (
    <li className={styles.row} data-unread={!read || undefined}>
      <span className={styles.icon} data-urgent={isUrgent(kind) || undefined}>
        <Icon name={iconOf(kind)} />
      </span>
      <div className={styles.text}>
        <p className={styles.kind}>
          {t(`notifications.kind.${kind}`)} · <Moment at={at} />
          {!read && <span className={styles.unread}>{t("notifications.unread")}</span>}
        </p>
        <h2 className={styles.title}>
          <Link href={subjectPath(notification)} lang={language} dir={DIRECTIONS[language]} onClick={() => !read && void wish("read")}>
            {title}
          </Link>
        </h2>
        <p>
          <span lang={language} dir={DIRECTIONS[language]}>
            {message}
          </span>
        </p>
        <ProblemNotice problem={problem} />
      </div>
      <div className={styles.actions}>
        <Button variant="quiet" onClick={() => void wish(read ? "unread" : "read")}>
          {t(read ? "notifications.markUnread" : "notifications.markRead")}
          <span className={hidden.hidden}>: {title}</span>
        </Button>
        <Button variant="quiet" onClick={() => void wish("dismissed")}>
          {t("notifications.dismiss")}
          <span className={hidden.hidden}>: {title}</span>
        </Button>
      </div>
    </li>
  );
}
