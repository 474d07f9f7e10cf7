import type { Metadata } from "next";
import { ImportWizard } from "@/components/imports/import-wizard";
import { ButtonLink } from "@/components/ui/button";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { load } from "@/lib/api/server";
import type { Account } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { uploadLimit } from "@/lib/server/upload-limit";

export const metadata: Metadata = { title: t("import.title") };

export default async function ImportPage({ searchParams }: PageProps<"/import">) {
  const { account_id: wanted } = await searchParams;
  return (
    <>
      <PageHeader title={t("import.title")} intro={t("import.intro")} />
      <Loaded load={() => load<Account[]>("/import", "/accounts")}>
        {(accounts) => {
          const account = accounts.find(({ id }) => id === wanted) ?? accounts[0];
          return account ? (
            <ImportWizard accounts={accounts} initialAccount={account.id} uploadLimit={uploadLimit()} />
          ) : (
            <Panel>
              <p>{t("import.noAccount")}</p>
              <div>
                <ButtonLink href="/accounts">{t("import.addAccount")}</ButtonLink>
              </div>
            </Panel>
          );
        }}
      </Loaded>
    </>
  );
}
