import Link from "next/link";
import { useI18n } from "#i18n";
import styles from "./views.module.css";

export const VIEWS = ["categories", "tags", "payees"] as const;
export type View = (typeof VIEWS)[number];

/** The parts of the page, each with an address of its own. */
export function Views({ current }: { current: View }) {
  const { t } = useI18n();
  return (
    <nav aria-label={t("categories.views")}>
      <ul className={styles.views}>
        {VIEWS.map((view) => (
          <li key={view}>
            <Link href={{ pathname: "/categories", query: view === VIEWS[0] ? {} : { view } }} aria-current={view === current ? "page" : undefined} className={styles.view}>
              {t(`categories.view.${view}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
