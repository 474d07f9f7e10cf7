import type { Metadata } from "next";
import { AccountForm } from "@/components/accounts/account-form";
import { AccountList } from "@/components/accounts/account-list";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { currentUser, load } from "@/lib/api/server";
import type { Account } from "@/lib/api/types";
import { t } from "@/lib/i18n";

export const metadata: Metadata = { title: t("accounts.title") };

export default async function AccountsPage() {
  return (
    <>
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
    </>
  );
}
