import { Choice } from "@/components/ui/choice";
import { ApiError } from "@/lib/api/problem";
import { currentUser, load } from "@/lib/api/server";
import type { Account } from "@/lib/api/schema";
import { getI18n } from "@/lib/i18n/server";

interface CurrencyChoiceProps {
  path: string;
  /** The page's parameters, kept when the currency changes. */
  query: Record<string, string>;
  currency: string | undefined;
}

/** Figures are of one currency at a time: the user's own, or that of any account. */
export async function CurrencyChoice({ path, query, currency }: CurrencyChoiceProps) {
  const [{ t }, user, accounts] = await Promise.all([getI18n(), currentUser(), accountsOrNone(path)]);
  const own = user?.currency ?? "";
  const codes = [...new Set([own, ...accounts.map((account) => account.currency).sort()])].filter(Boolean);
  if (codes.length < 2) return null;
  return (
    <Choice
      label={t("insights.currency")}
      options={codes.map((code) => ({ text: code, query: { ...query, currency: code }, current: code === (currency ?? own) }))}
    />
  );
}

/** The page stands without the choice. */
async function accountsOrNone(path: string): Promise<Account[]> {
  try {
    return await load<Account[]>(path, "/accounts");
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}
