import { CategoryOptions } from "@/components/transactions/category-options";
import { InlineField } from "@/components/transactions/inline-field";
import { Pencil } from "@/components/transactions/marks";
import { type Names, RowAmount, RowDetail } from "@/components/transactions/row-parts";
import type { Change } from "@/components/transactions/use-inline-edits";
import { ProblemNotice } from "@/components/ui/notice";
import type { Problem } from "@/lib/api/problem";
import type { Category, Transaction } from "@/lib/api/schema";
import { isNegative } from "@/lib/money";
import { useI18n } from "#i18n";
import styles from "./ledger.module.css";

/** What can have the focus in a row. */
export type Part = "select" | "payee" | "category" | "edit";

interface LedgerRowProps {
  row: Transaction;
  accounts: Names;
  categories: Category[];
  purpose: string;
  ofAccount: boolean;
  selected: boolean;
  editing: Part | undefined;
  saving: boolean;
  problem: Problem | undefined;
  onChoose: (checked: boolean, range: boolean) => void;
  onStart: (part: Part) => void;
  onEdit: () => void;
  /** Ends the edit in place; by key the focus goes back to where it began. */
  onStop: (byKey: boolean) => void;
  onSave: (change: Change) => void;
}

export function LedgerRow(props: LedgerRowProps) {
  const { row, accounts, categories, purpose, ofAccount, selected, editing, saving, problem, onChoose, onStart, onEdit, onStop, onSave } = props;
  const { t, formatDate } = useI18n();
  const isTrade = row.kind === "trade";
  const { payee } = row;

  function savePayee(typed: string, byKey: boolean) {
    onStop(byKey);
    const name = typed.trim();
    if (name && name !== payee) onSave({ payee: name });
  }

  function saveCategory(id: string, byKey: boolean) {
    onStop(byKey);
    if (id !== (row.category_id ?? "")) onSave({ category_id: id || null });
  }

  return (
    <tr role="row" data-row={row.id} aria-busy={saving} className={`${styles.row} ${selected ? styles.selected : ""}`}>
      <td role="cell" className={styles.select}>
        <input
          type="checkbox"
          data-part="select"
          aria-label={t("transactions.selectRow", { payee })}
          checked={selected}
          disabled={isTrade}
          onChange={(event) => onChoose(event.target.checked, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      </td>
      <td role="cell" className={styles.date}>
        <time dateTime={row.date}>{formatDate(row.date, { weekday: "short", day: "numeric", month: "short", year: "numeric" })}</time>
      </td>
      <td role="cell" className={styles.payee}>
        {editing === "payee" ? (
          <InlineField label={t("transactions.payee")} value={payee} onSave={savePayee} onCancel={() => onStop(true)} />
        ) : isTrade ? (
          <bdi>{payee}</bdi>
        ) : (
          <button type="button" data-part="payee" aria-label={t("transactions.renamePayee", { payee })} className={styles.cell} onClick={() => onStart("payee")}>
            <bdi>{payee}</bdi>
          </button>
        )}
        <RowDetail row={row} accounts={accounts} />
        {row.tags.length > 0 && (
          <ul aria-label={t("transactions.tags")} className={styles.tags}>
            {row.tags.map((tag) => (
              <li key={tag} dir="auto">
                {tag}
              </li>
            ))}
          </ul>
        )}
      </td>
      <td role="cell" className={styles.category}>
        {editing === "category" ? (
          <InlineField
            label={t("transactions.category")}
            value={row.category_id ?? ""}
            options={
              <>
                <option value="">{t("transactions.noCategory")}</option>
                <CategoryOptions categories={categories} first={isNegative(row.amount) ? "expense" : "income"} />
              </>
            }
            onSave={saveCategory}
            onCancel={() => onStop(true)}
          />
        ) : row.kind === "standard" ? (
          <button
            type="button"
            data-part="category"
            aria-label={t(row.splits.length > 0 ? "transactions.editSplit" : "transactions.changeCategory", { category: purpose, payee })}
            className={styles.cell}
            onClick={() => onStart("category")}
          >
            <bdi>{purpose}</bdi>
            {row.splits.length > 0 && <span className={styles.split}>{t("transactions.splitIn", { count: row.splits.length })}</span>}
          </button>
        ) : (
          <span className={styles.cell}>{purpose}</span>
        )}
      </td>
      <td role="cell" className={styles.amount}>
        <RowAmount row={row} ofAccount={ofAccount} />
      </td>
      <td role="cell" className={styles.edit}>
        {!isTrade && (
          <button type="button" data-part="edit" aria-label={t("transactions.editRow", { payee })} className={styles.icon} onClick={onEdit}>
            <Pencil />
          </button>
        )}
      </td>
      {problem && (
        <td role="cell" className={styles.problem}>
          <ProblemNotice problem={problem} />
        </td>
      )}
    </tr>
  );
}
