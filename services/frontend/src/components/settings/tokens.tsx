import { NewToken } from "@/components/settings/new-token";
import { RevokeToken } from "@/components/settings/revoke-token";
import { EmptyState } from "@/components/ui/empty-state";
import { Moment } from "@/components/ui/moment";
import type { Token } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./list.module.css";

export function Tokens({ tokens, now }: { tokens: Token[]; now: string }) {
  const { t } = useI18n();
  return (
    <>
      {tokens.length === 0 && <EmptyState title={t("settings.noTokens")} detail={t("settings.noTokensDetail")} />}
      <ul className={styles.list}>
        {tokens.map((token) => (
          <li key={token.id} className={styles.row}>
            <div>
              <p className={styles.name} dir="auto">
                {token.name}
              </p>
              <p className={styles.detail}>{token.scopes.map((scope) => t(`settings.scope.${scope}`)).join(" · ")}</p>
              <p className={styles.detail}>
                {t(token.expires_at < now ? "settings.expired" : "settings.expires")}: <Moment at={token.expires_at} /> ·{" "}
                {token.last_used_at ? (
                  <>
                    {t("settings.lastUsed")}: <Moment at={token.last_used_at} />
                  </>
                ) : (
                  t("settings.neverUsed")
                )}
              </p>
            </div>
            <RevokeToken id={token.id} name={token.name} />
          </li>
        ))}
      </ul>
      <NewToken />
    </>
  );
}
