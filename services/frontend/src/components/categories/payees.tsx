import { PayeeList } from "@/components/categories/payee-list";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TextField } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import type { Category, PayeePage } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./categories.module.css";

interface PayeesProps {
  page: PayeePage;
  categories: Category[];
  q: string | undefined;
}

export function Payees({ page: { items, next_cursor }, categories, q }: PayeesProps) {
  const { t } = useI18n();
  return (
    <Panel>
      <form role="search" action="/categories" className={styles.search}>
        <input type="hidden" name="view" value="payees" />
        <TextField label={t("categories.search")} name="q" type="search" maxLength={200} defaultValue={q} required={false} />
        <Button type="submit" variant="secondary">
          {t("categories.find")}
        </Button>
      </form>
      {items.length === 0 ? (
        <EmptyState title={t("categories.noPayees")} detail={t("categories.noPayeesDetail")} />
      ) : (
        <PayeeList payees={items} categories={Object.fromEntries(categories.map(({ id, name }) => [id, name]))} />
      )}
      {next_cursor && (
        <div>
          <ButtonLink href={{ query: { view: "payees", ...(q && { q }), cursor: next_cursor } }} variant="secondary">
            {t("categories.morePayees")}
          </ButtonLink>
        </div>
      )}
    </Panel>
  );
}
