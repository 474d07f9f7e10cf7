/** What stands in an answer beside the answer itself, said once. */
export interface Parts {
  text: string;
  /** Why the model did not answer, in the words of the agents. */
  setAside?: string;
  disclaimer: boolean;
}

// As the agents write them; a paragraph that is none of them stays where it is.
const SIGNATURE = /^Answered by the offline analyst:.*$/;
const SET_ASIDE = /^The AI model was set aside: (.+)\.$/;
const DISCLAIMER = /^(?:This shows your own records; it is not financial advice\.|یہ آپ کا اپنا ریکارڈ ہے؛ یہ مالی مشورہ نہیں ہے۔)$/;

export function partsOf(reply: string): Parts {
  const parts: Parts = { text: "", disclaimer: false };
  const kept = reply.split(/\n{2,}/).filter((paragraph) => {
    const reason = SET_ASIDE.exec(paragraph)?.[1];
    if (reason) parts.setAside = reason;
    if (DISCLAIMER.test(paragraph)) parts.disclaimer = true;
    return !reason && !DISCLAIMER.test(paragraph) && !SIGNATURE.test(paragraph);
  });
  return { ...parts, text: kept.join("\n\n") };
}

export type Block = { kind: "paragraph" | "list"; lines: string[] };

const BULLET = /^\s*(?:[-*•]|\d{1,2}[.)])\s+/;

/** Paragraphs and lists of plain text. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (const paragraph of text.split(/\n\s*\n/)) {
    let block: Block | undefined;
    for (const line of paragraph.split("\n")) {
      if (!line.trim()) continue;
      const kind = BULLET.test(line) ? "list" : "paragraph";
      if (block?.kind !== kind) blocks.push((block = { kind, lines: [] }));
      block.lines.push(line.replace(BULLET, ""));
    }
  }
  return blocks;
}
