import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { blocksOf } from "@/components/chat/answer-text";
import { byAmount, cutAtFigures, pathOf } from "@/components/chat/references";
import type { Reference } from "@/lib/api/schema";
import styles from "./answer.module.css";

/** An answer as text and nothing else: paragraphs, lists, bold; figures lead to the rows that they come from. */
export function PlainText({ text, references = [] }: { text: string; references?: readonly Reference[] | undefined }) {
  const find = byAmount(references);
  return blocksOf(text).map(({ kind, lines }, index) =>
    kind === "list" ? (
      <ul key={index} dir="auto" className={styles.list}>
        {lines.map((line, number) => (
          <li key={number} dir="auto">{formatted(line, find)}</li>
        ))}
      </ul>
    ) : (
      <p key={index} dir="auto">
        {lines.map((line, number) => (
          <Fragment key={number}>
            {number > 0 && <br />}
            {formatted(line, find)}
          </Fragment>
        ))}
      </p>
    ),
  );
}

function formatted(line: string, find: (figure: string) => Reference | undefined): ReactNode {
  // Every second piece stood between asterisks.
  return line.split(/\*\*(\S(?:.*?\S)?)\*\*/).map((piece, index) =>
    index % 2 ? <strong key={index}>{linked(piece, find)}</strong> : <Fragment key={index}>{linked(piece, find)}</Fragment>,
  );
}

function linked(text: string, find: (figure: string) => Reference | undefined): ReactNode {
  return cutAtFigures(text).map((piece, index) => {
    const reference = index % 2 ? find(piece) : undefined;
    const path = reference && pathOf(reference);
    return path ? (
      <Link key={index} href={path}>
        {piece}
      </Link>
    ) : (
      piece
    );
  });
}
