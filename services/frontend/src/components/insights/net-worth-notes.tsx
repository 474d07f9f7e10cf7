import type { Route } from "next";
import Link from "next/link";
import { listed } from "@/components/insights/formats";
import type { NetWorthPoint } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./note.module.css";

/** What is in no figure, as there is no rate or price for it, and where to add one. */
export function NetWorthNotes({ point: { unconverted, missing_rates, unpriced } }: { point: NetWorthPoint }) {
  const i18n = useI18n();
  const { t, formatMoney } = i18n;
  if (unconverted.length === 0 && unpriced.length === 0) return null;
  return (
    <p className={styles.note}>
      {unconverted.length > 0 &&
        t("insights.unconverted", { amounts: listed(i18n, unconverted.map((money) => formatMoney(money))), pairs: listed(i18n, missing_rates) })}{" "}
      {unpriced.length > 0 && t("insights.unpriced", { symbols: listed(i18n, unpriced) })}{" "}
      <Link href={"/investments" as Route}>{t("insights.addRates")}</Link>
    </p>
  );
}
