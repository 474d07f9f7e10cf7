"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { BAR_PAGES, type Group, GROUPS_BESIDE_BAR, isWithin, PAGE_GROUPS, pagePath } from "@/components/shell/pages";
import { SignOut } from "@/components/shell/sign-out";
import { Dialog } from "@/components/ui/dialog";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "#i18n";
import styles from "./navigation.module.css";

/** All pages in a sidebar; on a phone the most used ones in a bar, and the others in a sheet above it. */
export function Navigation() {
  const { t } = useI18n();
  const pathname = usePathname();
  const [more, setMore] = useState(false);
  const inBar = [...BAR_PAGES].some((page) => isWithin(page, pathname));
  return (
    <nav aria-label={t("nav.label")} className={styles.nav}>
      <Groups groups={PAGE_GROUPS} className={styles.groups} />
      <button type="button" aria-haspopup="dialog" onClick={() => setMore(true)} className={`${styles.link} ${styles.more} ${inBar ? "" : styles.current}`}>
        <Icon name="more" />
        {t("nav.more")}
      </button>
      {more && (
        <Dialog title={t("nav.more")} placement="end" onClose={() => setMore(false)}>
          <Groups groups={GROUPS_BESIDE_BAR} className={styles.sheet} onFollow={() => setMore(false)} />
          <SignOut />
        </Dialog>
      )}
    </nav>
  );
}

interface GroupsProps {
  groups: readonly Group[];
  className: string | undefined;
  onFollow?: () => void;
}

function Groups({ groups, className, onFollow }: GroupsProps) {
  const { t } = useI18n();
  const pathname = usePathname();
  return (
    <div className={className}>
      {groups.map(({ name, pages }) => (
        <ul key={name} aria-label={t(`nav.group.${name}`)} className={styles.list}>
          {pages.map((page) => (
            <li key={page} className={BAR_PAGES.has(page) ? undefined : styles.besideBar}>
              <Link href={pagePath(page)} aria-current={isWithin(page, pathname) ? "page" : undefined} {...(onFollow && { onClick: onFollow })} className={styles.link}>
                <Icon name={page} />
                {t(`nav.${page}`)}
              </Link>
            </li>
          ))}
        </ul>
      ))}
    </div>
  );
}
