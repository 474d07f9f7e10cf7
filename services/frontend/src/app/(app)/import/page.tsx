import { ImportWizard } from "@/components/imports/import-wizard";
import { ButtonLink } from "@/components/ui/button";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { load } from "@/lib/api/server";
import type { Account } from "@/lib/api/schema";
import { uploadLimit } from "@/lib/server/upload-limit";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";

export const generateMetadata = titled("imports.title");

export default async function ImportPage({ searchParams }: PageProps<"/import">) {
  const { t } = await getI18n();
  const { account_id: wanted } = await searchParams;
  return (
    <Messages of={["imports", "transactions"]}>
      <PageHeader title={t("imports.title")} intro={t("imports.intro")} />
      <Loaded load={() => load<Account[]>("/import", "/accounts")}>
        {(accounts) => {
          const account = accounts.find(({ id }) => id === wanted) ?? accounts[0];
          return account ? (
            <ImportWizard accounts={accounts} initialAccount={account.id} uploadLimit={uploadLimit()} />
          ) : (
            <Panel>
              <p>{t("imports.noAccount")}</p>
              <div>
                <ButtonLink href="/accounts">{t("imports.addAccount")}</ButtonLink>
              </div>
            </Panel>
          );
        }}
      </Loaded>
    </Messages>
  );
}
