import { type KeyboardEvent, useId, useState } from "react";
import { TextField } from "@/components/ui/field";
import type { Tag } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./fields.module.css";

interface TagsFieldProps {
  name: string;
  label: string;
  known: readonly Pick<Tag, "name">[];
  initial?: readonly string[];
}

/** Several names. One that is typed, but not added yet, counts too. */
export function TagsField({ name, label, known, initial = [] }: TagsFieldProps) {
  const { t } = useI18n();
  const [tags, setTags] = useState(initial);
  const listId = useId();

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const input = event.currentTarget;
    const tag = input.value.trim();
    if (event.key !== "Enter" || !tag) return;
    event.preventDefault();
    if (!tags.some((one) => one.toLowerCase() === tag.toLowerCase())) setTags([...tags, tag]);
    input.value = "";
  }

  return (
    <div className={styles.tagsField}>
      <TextField label={label} hint={t("transactions.tagsHint")} name={name} list={listId} maxLength={50} autoComplete="off" dir="auto" onKeyDown={onKeyDown} optional />
      <datalist id={listId}>
        {known.map((tag) => (
          <option key={tag.name} value={tag.name} />
        ))}
      </datalist>
      {tags.length > 0 && (
        <ul className={styles.tags}>
          {tags.map((tag) => (
            <li key={tag}>
              <input type="hidden" name={name} value={tag} />
              <bdi>{tag}</bdi>
              <button type="button" aria-label={t("transactions.removeTag", { tag })} onClick={() => setTags(tags.filter((one) => one !== tag))}>
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
