import type { Problem } from "@/lib/api/problem";
import type { I18n } from "@/lib/i18n/i18n";
import type { MessageKey } from "@/messages/catalogues";

const BY_STATUS: Record<number, MessageKey> = {
  0: "problem.unreachable",
  401: "problem.signedOut",
  403: "problem.forbidden",
  404: "problem.gone",
  409: "problem.conflict",
  412: "problem.stale",
  413: "problem.tooLarge",
  422: "problem.invalid",
  502: "problem.unavailable",
  503: "problem.unavailable",
  504: "problem.unavailable",
};

/** What went wrong, in the reader's language. The API's own words are English, and there more exact than a sentence for its code. */
export function problemText({ t, has, language }: I18n, { status, code, detail, retryAfterS }: Problem): string {
  if (status === 429) return retryAfterS ? t("problem.tooManyFor", { count: retryAfterS }) : t("problem.tooMany");
  const key = `problem.code.${code}`;
  if (has(key)) return t(key);
  return language === "en" && detail ? detail : t(BY_STATUS[status] ?? "problem.unexpected");
}
