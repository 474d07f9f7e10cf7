import type { Goal } from "@/lib/api/schema";
import type { I18n } from "@/lib/i18n/i18n";
import { isNegative, isZero } from "@/lib/money";

/** What it takes to reach a goal. */
export function planText({ t, formatMoney, formatDate }: I18n, { state, target, missing, target_date: date, needed_per_month: needed }: Goal): string {
  if (state === "reached") return t("goals.made", { target: formatMoney(target) });
  if (!date || !needed) return t("goals.toGo", { missing: formatMoney(missing) });
  if (state === "overdue") return t("goals.late", { missing: formatMoney(missing), date: formatDate(date) });
  return t("goals.need", { needed: formatMoney(needed), date: formatDate(date) });
}

/** Where the present pace leads; nothing where that no longer matters. */
export function paceText({ t, formatMoney, formatDate }: I18n, { state, per_month: pace, projected_date: projected }: Goal): string | undefined {
  if (state === "reached") return undefined;
  if (isZero(pace) || isNegative(pace)) return t("goals.noPace");
  return t(projected ? "goals.pace" : "goals.slowPace", { pace: formatMoney(pace), date: projected ? formatDate(projected) : "" });
}
