"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "#i18n";
import styles from "./navigation.module.css";

const PAGES = ["dashboard", "transactions", "import", "accounts", "chat"] as const;

export function Navigation() {
  const { t } = useI18n();
  const current = usePathname();
  return (
    <nav aria-label={t("nav.label")} className={styles.nav}>
      <ul className={styles.list}>
        {PAGES.map((page) => (
          <li key={page}>
            <Link href={`/${page}`} aria-current={current === `/${page}` ? "page" : undefined} className={styles.link}>
              <Icon name={page} />
              {t(`nav.${page}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
