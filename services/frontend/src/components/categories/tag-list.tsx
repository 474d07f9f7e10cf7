import Link from "next/link";
import { AddTagButton, EditTagButton } from "@/components/categories/tag-buttons";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import type { Tag } from "@/lib/api/schema";
import { useI18n } from "#i18n";
import styles from "./categories.module.css";

export function TagList({ tags }: { tags: Tag[] }) {
  const { t } = useI18n();
  return (
    <Panel>
      {tags.length === 0 ? (
        <EmptyState title={t("categories.noTags")} detail={t("categories.noTagsDetail")}>
          <AddTagButton />
        </EmptyState>
      ) : (
        <ul>
          {tags.map((tag) => (
            <li key={tag.id} className={styles.row}>
              <Link href={{ pathname: "/transactions", query: { tag_id: tag.id } }} className={styles.name}>
                <bdi>{tag.name}</bdi>
              </Link>
              <span className={styles.soft}>{t("categories.used", { count: tag.transactions })}</span>
              <EditTagButton tag={tag} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
