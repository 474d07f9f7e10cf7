import Link from "next/link";
import type { Route } from "next";
import styles from "./choice-links.module.css";

interface ChoiceLinksProps {
  label: string;
  choices: { key: string; text: string; href: string }[];
  current: string;
  /** Whether each is a page by itself, or shows the same page otherwise. */
  kind?: "page" | "true";
}

/** One of a few, each an address of its own. */
export function ChoiceLinks({ label, choices, current, kind = "true" }: ChoiceLinksProps) {
  return (
    <nav aria-label={label}>
      <ul className={styles.list}>
        {choices.map(({ key, text, href }) => (
          <li key={key}>
            <Link href={href as Route} aria-current={key === current ? kind : undefined} scroll={kind === "page"} className={styles.link}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
