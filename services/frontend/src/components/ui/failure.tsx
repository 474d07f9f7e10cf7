import { ProblemNotice } from "@/components/ui/notice";
import { Retry } from "@/components/ui/retry";
import type { Problem } from "@/lib/api/problem";

/** In the place of what couldn't be loaded: why, and another try. */
export function Failure({ problem }: { problem: Problem }) {
  return (
    <>
      <ProblemNotice problem={problem} />
      <div>
        <Retry />
      </div>
    </>
  );
}
