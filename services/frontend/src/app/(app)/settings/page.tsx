import type { ReactNode } from "react";
import { DemoButton } from "@/components/demo/demo-button";
import { Appearance } from "@/components/settings/appearance";
import { AuditLog } from "@/components/settings/audit-log";
import data from "@/components/settings/data.module.css";
import { DeleteAccount } from "@/components/settings/delete-account";
import { ExportButtons } from "@/components/settings/export-buttons";
import { PasswordForm } from "@/components/settings/password-form";
import { ProfileForm } from "@/components/settings/profile-form";
import { RestoreForm } from "@/components/settings/restore-form";
import { Sessions } from "@/components/settings/sessions";
import { Tokens } from "@/components/settings/tokens";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { load } from "@/lib/api/server";
import type { AuditPage, Profile, Session, Token } from "@/lib/api/schema";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";
import { version } from "@/../package.json";
import styles from "./page.module.css";

export const generateMetadata = titled("settings.title");

const PAGE = "/settings";
const SECTIONS = ["profile", "appearance", "password", "sessions", "tokens", "data", "audit", "delete", "about"] as const;

export default async function SettingsPage({ searchParams }: PageProps<"/settings">) {
  const { t } = await getI18n();
  const { audit } = await searchParams;
  const cursor = typeof audit === "string" ? audit : undefined;
  let read: Promise<Profile> | undefined;
  const profile = () => (read ??= load<Profile>(PAGE, "/auth/me"));

  const panel = (id: (typeof SECTIONS)[number], content: ReactNode) => (
    <Panel id={id} title={t(`settings.${id}`)}>
      {content}
    </Panel>
  );

  return (
    <Messages of={["auth", "demo", "settings"]}>
      <PageHeader title={t("settings.title")} />
      <div className={styles.page}>
        <nav aria-label={t("settings.sections")} className={styles.sections}>
          <ul>
            {SECTIONS.map((id) => (
              <li key={id}>
                <a href={`#${id}`}>{t(`settings.${id}`)}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.content}>
          {panel(
            "profile",
            <Loaded inPanel load={profile}>
              {(user) => (
                <>
                  <p className={data.soft}>{t("settings.email", { email: user.email })}</p>
                  <ProfileForm profile={user} />
                </>
              )}
            </Loaded>,
          )}
          {panel("appearance", <Loaded inPanel load={profile}>{({ language, theme }) => <Appearance kept={{ language, theme }} />}</Loaded>)}
          {panel(
            "password",
            <>
              <p className={data.soft}>{t("settings.passwordDetail")}</p>
              <Loaded inPanel load={profile}>{({ email }) => <PasswordForm email={email} />}</Loaded>
            </>,
          )}
          {panel("sessions", <Loaded inPanel load={() => load<Session[]>(PAGE, "/auth/sessions")}>{(sessions) => <Sessions sessions={sessions} />}</Loaded>)}
          {panel(
            "tokens",
            <>
              <p className={data.soft}>{t("settings.tokensDetail")}</p>
              <Loaded inPanel load={() => load<Token[]>(PAGE, "/auth/tokens")}>{(tokens) => <Tokens tokens={tokens} now={new Date().toISOString()} />}</Loaded>
            </>,
          )}
          {panel(
            "data",
            <>
              <h3>{t("settings.exportTitle")}</h3>
              <p className={data.soft}>{t("settings.exportDetail")}</p>
              <ExportButtons />
              <h3>{t("settings.restoreTitle")}</h3>
              <p className={data.soft}>{t("settings.restoreDetail")}</p>
              <RestoreForm />
              <h3>{t("settings.demoTitle")}</h3>
              <p className={data.soft}>{t("settings.demoDetail")}</p>
              <div className={data.buttons}>
                <DemoButton />
              </div>
            </>,
          )}
          {panel(
            "audit",
            <>
              <p className={data.soft}>{t("settings.auditDetail")}</p>
              <Loaded inPanel load={() => load<AuditPage>(PAGE, "/audit", { limit: "20", cursor })}>{(page) => <AuditLog page={page} first={!cursor} />}</Loaded>
            </>,
          )}
          {panel(
            "delete",
            <>
              <p className={data.soft}>{t("settings.deleteDetail")}</p>
              <p className={data.soft}>{t("settings.freshStart")}</p>
              <Loaded inPanel load={profile}>{({ email }) => <DeleteAccount email={email} />}</Loaded>
            </>,
          )}
          {panel(
            "about",
            <>
              <p>{t("settings.aboutDetail", { version })}</p>
              <p>
                <a href="/api/v1/openapi.json">{t("settings.apiLink")}</a>
              </p>
            </>,
          )}
        </div>
      </div>
    </Messages>
  );
}
