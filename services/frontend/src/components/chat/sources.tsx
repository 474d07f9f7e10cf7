import type { Route } from "next";
import Link from "next/link";
import { byAmount, cutAtFigures, pathOf } from "@/components/chat/references";
import type { Said } from "@/components/chat/turns";
import type { ToolCall } from "@/lib/api/schema";
import { pagePath } from "@/lib/transactions-query";
import { useI18n } from "#i18n";
import styles from "./answer.module.css";

const SHOWN = 8;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The rows that an answer rests on beside those that its figures lead to, and the transactions of the days that it is about. */
export default function Sources({ answer }: { answer: Said }) {
  const { t, formatMoney, formatDate } = useI18n();
  const { references = [] } = answer;
  const find = byAmount(references);
  const linked = new Set(cutAtFigures(answer.reply).map(find));
  const rows = references.flatMap((reference) => {
    const path = pathOf(reference);
    return path && reference.label && !linked.has(reference) ? [{ ...reference, path, label: reference.label }] : [];
  });
  const periods = periodsOf(answer.tool_calls);
  if (rows.length === 0 && periods.length === 0) return null;
  return (
    <nav aria-label={t("chat.sources")} className={styles.sources}>
      {rows.slice(0, SHOWN).map(({ id, path, label, date, amount }) => (
        <Link key={id} href={path}>
          <bdi>{label}</bdi>
          {date && DAY.test(date) && <> · {formatDate(date, { day: "numeric", month: "short" })}</>}
          {amount && <> · {formatMoney(amount)}</>}
        </Link>
      ))}
      {periods.map(([from, to]) => (
        <Link key={from + to} href={pagePath({ from, to }) as Route}>
          {t("chat.period", { from: formatDate(from), to: formatDate(to) })}
        </Link>
      ))}
    </nav>
  );
}

/** The days that tools were asked about, each span once. */
function periodsOf(calls: readonly ToolCall[]): [from: string, to: string][] {
  const found = new Map<string, [string, string]>();
  for (const { arguments: given } of calls) {
    const { date_from: from, date_to: to } = (given ?? {}) as Record<string, unknown>;
    if (typeof from === "string" && typeof to === "string" && DAY.test(from) && DAY.test(to)) found.set(from + to, [from, to]);
  }
  return [...found.values()];
}
