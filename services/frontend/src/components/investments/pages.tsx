import type { Route } from "next";
import { address } from "@/components/investments/query";
import { ButtonLink } from "@/components/ui/button";
import { useI18n } from "#i18n";
import styles from "./list.module.css";

interface PagesProps {
  label: string;
  path: string;
  /** Of the address, the others besides the cursor. */
  parameters: object;
  /** The name of the cursor in the address. */
  name: string;
  cursor: string | undefined;
  next: string | null;
}

export function Pages({ label, path, parameters, name, cursor, next }: PagesProps) {
  const { t } = useI18n();
  if (!cursor && !next) return null;
  return (
    <nav aria-label={label} className={styles.pages}>
      {cursor && (
        <ButtonLink href={address(path, parameters) as Route} variant="secondary">
          {t("investments.newest")}
        </ButtonLink>
      )}
      {next && (
        <ButtonLink href={address(path, { ...parameters, [name]: next }) as Route} variant="secondary">
          {t("investments.older")}
        </ButtonLink>
      )}
    </nav>
  );
}
