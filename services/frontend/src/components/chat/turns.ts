import type { Problem } from "@/lib/api/problem";
import type { Evidence, Message } from "@/lib/api/schema";
import { randomHex } from "@/lib/trace";

/** A call of a tool, while the answer is being made. */
export interface Step {
  id: string;
  agent: string;
  tool: string;
  state: "running" | "done" | "failed";
}

export interface Said extends Evidence {
  reply: string;
}

/** A question and what became of it: an answer, a problem, or neither where it was stopped. */
export interface Turn {
  id: string;
  question: string;
  steps: readonly Step[];
  /** As much of the answer as has come. */
  text: string;
  answer?: Said;
  problem?: Problem;
  stopped?: true;
}

export function asked(question: string): Turn {
  return { id: randomHex(16), question, steps: [], text: "" };
}

export function runs(turn: Turn | undefined): boolean {
  return turn !== undefined && !turn.answer && !turn.problem && !turn.stopped;
}

/** What a turn is after the next event of its stream; one of a kind that isn't known changes nothing. */
export function follow(turn: Turn, event: string, data: unknown): Turn {
  const { id, agent, tool, failed, delta } = data as { id: string; agent: string; tool: string; failed: boolean; delta: string };
  switch (event) {
    case "tool_started":
      return { ...turn, steps: [...turn.steps, { id, agent, tool, state: "running" }] };
    case "tool_ended":
      return { ...turn, steps: turn.steps.map((step) => (step.id === id ? { ...step, state: failed ? "failed" : "done" } : step)) };
    case "text":
      return { ...turn, text: turn.text + delta };
    case "text_reset":
      return { ...turn, text: "" };
    case "done":
      return { ...turn, answer: data as Said };
    default:
      return turn;
  }
}

/** A kept conversation, of which the API gives the newest message first. */
export function turnsOf(newestFirst: readonly Message[]): Turn[] {
  const turns: Turn[] = [];
  for (const { id, role, text, evidence } of newestFirst.toReversed()) {
    const last = turns.at(-1);
    if (role === "user") turns.push({ id, question: text, steps: [], text: "", stopped: true });
    else if (evidence && last && !last.answer) turns[turns.length - 1] = { ...last, answer: { ...evidence, reply: text } };
  }
  return turns;
}
