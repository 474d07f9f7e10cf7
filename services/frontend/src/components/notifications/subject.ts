import type { Route } from "next";
import type { IconName } from "@/components/ui/icons";
import type { Notification, NotificationKind } from "@/lib/api/schema";
import { pagePath } from "@/lib/transactions-query";

const PAGES: Record<NotificationKind, "/accounts" | "/budgets" | "/goals" | "/import" | "/recurring"> = {
  budget_warning: "/budgets",
  budget_full: "/budgets",
  bill_upcoming: "/recurring",
  schedule_problem: "/recurring",
  schedule_missed: "/recurring",
  goal_reached: "/goals",
  low_balance: "/accounts",
  import_finished: "/import",
};

/** Where one sees what a notification is about. */
export function subjectPath({ kind, subject_id: subject }: Notification): Route {
  return (kind === "low_balance" && subject ? pagePath({ account_id: subject }) : PAGES[kind]) as Route;
}

export function iconOf(kind: NotificationKind): IconName {
  return PAGES[kind].slice(1) as IconName;
}

/** What should be looked at soon. */
export function isUrgent(kind: NotificationKind): boolean {
  return kind === "budget_full" || kind === "schedule_problem" || kind === "low_balance";
}
