import { type ReactNode, Suspense } from "react";
import { Failure } from "@/components/ui/failure";
import { Panel } from "@/components/ui/panel";
import { ApiError } from "@/lib/api/problem";
import styles from "./section.module.css";

interface SectionProps {
  title: string;
  aside?: ReactNode;
  /** How much room the content is given before it is there, so that nothing moves when it comes; without it, the page waits for it. */
  size?: "small" | "medium" | "large";
  /** Loads the content and renders it. */
  children: () => Promise<ReactNode>;
}

/** A panel that is filled for itself: a slow one holds up no other, and a failing one says so in its own place. */
export function Section({ title, aside, size, children }: SectionProps) {
  return (
    <Panel title={title} aside={aside}>
      {size ? (
        <div className={styles[size]}>
          <Suspense fallback={<div aria-busy className={styles.loading} />}>
            <Content render={children} />
          </Suspense>
        </div>
      ) : (
        <Content render={children} />
      )}
    </Panel>
  );
}

async function Content({ render }: { render: () => Promise<ReactNode> }) {
  try {
    return await render();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return <Failure problem={error.problem} />;
  }
}
