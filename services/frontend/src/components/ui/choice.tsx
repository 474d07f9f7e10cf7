import Link from "next/link";
import styles from "./choice.module.css";

interface ChoiceProps {
  label: string;
  options: readonly { text: string; query: Record<string, string>; current: boolean }[];
}

/** One of a few views of a page, each at an address of its own. */
export function Choice({ label, options }: ChoiceProps) {
  return (
    <nav aria-label={label}>
      <ul className={styles.options}>
        {options.map(({ text, query, current }) => (
          <li key={text}>
            <Link href={{ query }} scroll={false} aria-current={current ? "true" : undefined} className={styles.option}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
