import Link from "next/link";
import { MarkAllRead } from "@/components/notifications/mark-all-read";
import { NotificationRow } from "@/components/notifications/notification-row";
import styles from "@/components/notifications/notifications.module.css";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { glance, load } from "@/lib/api/server";
import type { NotificationPage, ProposalPage } from "@/lib/api/schema";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";

export const generateMetadata = titled("notifications.title");

const PER_PAGE = "30";

type Query = { unread?: "true"; cursor?: string };

function readQuery(parameters: Record<string, string | string[] | undefined>): Query {
  const { unread, cursor } = parameters;
  return { ...(unread === "true" && { unread }), ...(typeof cursor === "string" && { cursor }) };
}

async function loadNotifications(query: Query) {
  const path = `/notifications?${new URLSearchParams(query).toString()}`;
  const [page, proposals] = await Promise.all([
    load<NotificationPage>(path, "/notifications", { limit: PER_PAGE, ...query }),
    glance<ProposalPage>("/proposals", { status: "pending" }),
  ]);
  return { page, waiting: proposals?.items.length ?? 0 };
}

export default async function NotificationsPage({ searchParams }: PageProps<"/notifications">) {
  const { t } = await getI18n();
  const query = readQuery(await searchParams);
  return (
    <Messages of={["notifications"]}>
      <PageHeader title={t("notifications.title")} intro={t("notifications.intro")} />
      <Loaded load={() => loadNotifications(query)}>
        {({ page: { items, next_cursor: next, unread }, waiting }) => (
          <>
            {waiting > 0 && (
              <p className={styles.waiting}>
                {t("notifications.proposals", { count: waiting })}
                <ButtonLink variant="secondary" href="/chat#waiting">
                  {t("notifications.decide")}
                </ButtonLink>
              </p>
            )}
            <div className={styles.bar}>
              {query.unread ? (
                <Link href="/notifications">{t("notifications.showAll")}</Link>
              ) : (
                unread > 0 && <Link href={{ pathname: "/notifications", query: { unread: "true" } }}>{t("notifications.showUnread")}</Link>
              )}
              {unread > 0 && <MarkAllRead />}
            </div>
            <Panel>
              {items.length === 0 ? (
                query.unread || query.cursor ? (
                  <EmptyState title={t("notifications.allRead")} detail={t("notifications.allReadDetail")} />
                ) : (
                  <EmptyState title={t("notifications.empty")} detail={t("notifications.emptyDetail")}>
                    <ButtonLink href={"/budgets" as never}>{t("notifications.setBudget")}</ButtonLink>
                  </EmptyState>
                )
              ) : (
                <ul className={styles.list}>
                  {items.map((notification) => (
                    <NotificationRow key={notification.id} notification={notification} />
                  ))}
                </ul>
              )}
            </Panel>
            {(next || query.cursor) && (
              <nav aria-label={t("notifications.pages")} className={styles.pages}>
                {query.cursor && (
                  <Link href={{ pathname: "/notifications", query: query.unread ? { unread: "true" } : {} }}>{t("notifications.newest")}</Link>
                )}
                {next && <Link href={{ pathname: "/notifications", query: { ...query, cursor: next } }}>{t("notifications.older")}</Link>}
              </nav>
            )}
          </>
        )}
      </Loaded>
    </Messages>
  );
}
