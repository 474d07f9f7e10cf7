import { ApplyAll } from "@/components/rules/apply-all";
import { listsOf } from "@/components/rules/lists";
import { AddRule, RuleList } from "@/components/rules/rule-list";
import { ruleSentence } from "@/components/rules/sentence";
import { EmptyState } from "@/components/ui/empty-state";
import { Loaded } from "@/components/ui/loaded";
import { PageHeader, Panel } from "@/components/ui/panel";
import { load } from "@/lib/api/server";
import type { Account, Category, Rule, Tag } from "@/lib/api/schema";
import { Messages } from "@/lib/i18n/messages";
import { getI18n, titled } from "@/lib/i18n/server";

export const generateMetadata = titled("rules.title");

export default async function RulesPage() {
  const i18n = await getI18n();
  const { t } = i18n;
  const read = () =>
    Promise.all([
      load<Rule[]>("/rules", "/rules"),
      load<Account[]>("/rules", "/accounts"),
      load<Category[]>("/rules", "/categories"),
      load<Tag[]>("/rules", "/tags"),
    ]);
  return (
    <Messages of={["rules"]}>
      <PageHeader title={t("rules.title")} intro={t("rules.intro")} />
      <Loaded load={read}>
        {([rules, accounts, categories, tags]) => {
          const lists = listsOf(accounts, categories, tags);
          if (rules.length === 0) {
            return (
              <Panel>
                <EmptyState title={t("rules.none")} detail={t("rules.noneDetail")}>
                  <AddRule lists={lists} variant="primary" />
                </EmptyState>
              </Panel>
            );
          }
          const rows = rules.map((rule) => ({ id: rule.id, name: rule.name, enabled: rule.enabled, sentence: ruleSentence(i18n, rule, lists) }));
          return (
            <Panel title={t("rules.list")} aside={<AddRule lists={lists} variant="primary" />}>
              <RuleList rules={rows} lists={lists} />
              <ApplyAll lists={lists} />
            </Panel>
          );
        }}
      </Loaded>
    </Messages>
  );
}
