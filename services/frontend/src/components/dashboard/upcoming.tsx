import type { Route } from "next";
import { Amount } from "@/components/ui/amount";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Upcoming } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./rows.module.css";

const MOST = 5;

/** Payments and income that are planned for the next days. */
export function UpcomingPayments({ items }: { items: readonly Upcoming[] }) {
  const { t, formatDate } = useI18n();
  if (items.length === 0) {
    return (
      <EmptyState title={t("dashboard.noUpcoming")} detail={t("dashboard.noUpcomingDetail")}>
        <ButtonLink href={"/recurring" as Route} variant="secondary">
          {t("dashboard.planOne")}
        </ButtonLink>
      </EmptyState>
    );
  }
  return (
    <ul className={styles.rows}>
      {items.slice(0, MOST).map(({ recurring_id, date, name, amount }) => (
        <li key={`${recurring_id} ${date}`} className={styles.row}>
          <p>
            <bdi className={styles.name}>{name}</bdi>
            <time dateTime={date} className={styles.detail}>
              {formatDate(date, { weekday: "short", day: "numeric", month: "short" })}
            </time>
          </p>
          <Amount money={amount} sign="exceptZero" />
        </li>
      ))}
    </ul>
  );
}
