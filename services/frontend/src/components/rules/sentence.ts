import type { Lists } from "@/components/rules/lists";
import type { Actions, Conditions, Rule } from "@/lib/api/schema";
import type { I18n } from "@/lib/i18n/i18n";

/** In a list, what people wrote keeps its own direction (Unicode's isolates); alone in a sentence `t` sees to it. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

/** What a rule does, as one would say it. */
export function ruleSentence(i18n: I18n, { conditions, actions, stop }: Pick<Rule, "conditions" | "actions" | "stop">, lists: Lists): string {
  const name = (entries: { id: string; name: string }[], id: string) => {
    const found = entries.find((entry) => entry.id === id);
    return found ? found.name : i18n.t("rules.gone");
  };
  const done = actionTexts(i18n, actions, lists, name);
  if (stop) done.push(i18n.t("rules.then.stop"));
  return i18n.t("rules.sentence", {
    conditions: listed(i18n, "conjunction", conditionTexts(i18n, conditions, lists, name)),
    actions: listed(i18n, "conjunction", done),
  });
}

type NameOf = (entries: { id: string; name: string }[], id: string) => string;

function conditionTexts(i18n: I18n, conditions: Conditions, { accounts }: Lists, name: NameOf): string[] {
  const { t } = i18n;
  const texts = (conditions.texts ?? []).map(({ field, operator, value }) =>
    t(`rules.when.${operator}`, { field: t(`rules.when.field.${field}`), value }),
  );
  const found = conditions.any_text && texts.length > 1 ? [t("rules.when.either", { texts: listed(i18n, "disjunction", texts) })] : texts;
  if (conditions.account_id) found.push(t("rules.when.account", { account: name(accounts, conditions.account_id) }));
  if (conditions.direction) found.push(t(`rules.when.${conditions.direction}`));
  const amount = amountText(i18n, conditions);
  if (amount) found.push(amount);
  if (conditions.currency && !amount) found.push(t("rules.when.currency", { currency: i18n.currencyName(conditions.currency) }));
  return found;
}

function amountText(i18n: I18n, { min_amount: min, max_amount: max, currency }: Conditions): string | undefined {
  const shown = (amount: string) => (currency ? i18n.formatMoney({ amount, currency }) : i18n.formatNumber(amount));
  if (min && min === max) return i18n.t("rules.when.exactly", { amount: shown(min) });
  if (min && max) return i18n.t("rules.when.between", { min: shown(min), max: shown(max) });
  if (min) return i18n.t("rules.when.least", { amount: shown(min) });
  return max ? i18n.t("rules.when.most", { amount: shown(max) }) : undefined;
}

function actionTexts(i18n: I18n, actions: Actions, { accounts, categories }: Lists, name: NameOf): string[] {
  const { t } = i18n;
  const found: string[] = [];
  if (actions.category_id) found.push(t("rules.then.category", { category: name(categories, actions.category_id) }));
  if (actions.transfer_account_id) found.push(t("rules.then.transfer", { account: name(accounts, actions.transfer_account_id) }));
  if (actions.payee) found.push(t("rules.then.payee", { payee: actions.payee }));
  const tags = actions.tags ?? [];
  if (tags.length > 0) found.push(t("rules.then.tags", { count: tags.length, tags: listed(i18n, "conjunction", tags.map(isolated)) }));
  if (actions.status) found.push(t("rules.then.status", { status: t(`rules.status.${actions.status}`) }));
  return found;
}

function listed({ locale }: I18n, type: "conjunction" | "disjunction", texts: string[]): string {
  return new Intl.ListFormat(locale, { type }).format(texts);
}
