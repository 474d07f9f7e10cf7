import { AddAccountButton } from "@/components/accounts/account-buttons";
import { AccountList } from "@/components/accounts/account-list";
import { AccountTotals } from "@/components/accounts/account-totals";
import { FirstAccount } from "@/components/accounts/first-account";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { currentUser, load } from "@/lib/api/server";
import type { Account } from "@/lib/api/schema";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";

export const generateMetadata = titled("accounts.title");

export default async function AccountsPage() {
  const { t } = await getI18n();
  const user = await currentUser();
  // Asked for once, and awaited again where a failure is shown.
  const accounts = load<Account[]>("/accounts", "/accounts");
  const some = await accounts.then(({ length }) => length > 0, () => false);
  return (
    <Messages of={["accounts"]}>
      <PageHeader title={t("accounts.title")} intro={t("accounts.intro")}>
        {some && <AddAccountButton currency={user?.currency} />}
      </PageHeader>
      <Loaded load={() => accounts}>
        {(accounts) =>
          accounts.length > 0 ? (
            <>
              <AccountTotals accounts={accounts.filter(({ archived }) => !archived)} />
              <AccountList accounts={accounts} />
            </>
          ) : (
            <Panel title={t("accounts.first")}>
              <p>{t("accounts.firstDetail")}</p>
              <FirstAccount currency={user?.currency} />
            </Panel>
          )
        }
      </Loaded>
    </Messages>
  );
}
