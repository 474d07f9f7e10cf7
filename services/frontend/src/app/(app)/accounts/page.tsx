import { AccountForm } from "@/components/accounts/account-form";
import { AccountList } from "@/components/accounts/account-list";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { currentUser, load } from "@/lib/api/server";
import type { Account } from "@/lib/api/schema";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";

export const generateMetadata = titled("accounts.title");

export default async function AccountsPage() {
  const { t } = await getI18n();
  return (
    <Messages of={["accounts"]}>
      <PageHeader title={t("accounts.title")} />
      <Loaded load={() => Promise.all([load<Account[]>("/accounts", "/accounts"), currentUser()])}>
        {([accounts, user]) => (
          <>
            <AccountList accounts={accounts} />
            <Panel title={t("accounts.add")}>
              <AccountForm currency={user?.currency} />
            </Panel>
          </>
        )}
      </Loaded>
    </Messages>
  );
}
