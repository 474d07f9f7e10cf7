import { ImportHistory } from "@/components/imports/import-history";
import { ImportWizard } from "@/components/imports/import-wizard";
import { ProfileList } from "@/components/imports/profile-list";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { load } from "@/lib/api/server";
import type { Account, ImportPage as Page, ImportProfile } from "@/lib/api/schema";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";
import { uploadLimit } from "@/lib/server/upload-limit";

const PAGE_SIZE = "10";

export const generateMetadata = titled("imports.title");

export default async function ImportPage({ searchParams }: PageProps<"/import">) {
  const { t } = await getI18n();
  const { account_id: wanted, cursor } = await searchParams;
  const older = typeof cursor === "string" ? cursor : undefined;
  const read = () =>
    Promise.all([
      load<Account[]>("/import", "/accounts"),
      load<ImportProfile[]>("/import", "/import-profiles"),
      load<Page>("/import", "/imports", { limit: PAGE_SIZE, cursor: older }),
    ]);
  return (
    <Messages of={["imports"]}>
      <PageHeader title={t("imports.title")} intro={t("imports.intro")} />
      <Loaded load={read}>
        {([all, profiles, page]) => {
          const accounts = all.filter(({ archived }) => !archived);
          const account = accounts.find(({ id }) => id === wanted) ?? accounts[0];
          return (
            <>
              {account ? (
                <ImportWizard accounts={accounts} profiles={profiles} initialAccount={account.id} uploadLimit={uploadLimit()} />
              ) : (
                <Panel>
                  <EmptyState title={t("imports.noAccountTitle")} detail={t("imports.noAccount")}>
                    <ButtonLink href="/accounts">{t("imports.addAccount")}</ButtonLink>
                  </EmptyState>
                </Panel>
              )}
              <ProfileList profiles={profiles} />
              <ImportHistory page={page} isOlder={older !== undefined} />
            </>
          );
        }}
      </Loaded>
    </Messages>
  );
}
