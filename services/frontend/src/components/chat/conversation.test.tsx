// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Conversation } from "@/components/chat/conversation";
import type { ChatAnswer } from "@/lib/api/schema";
import { renderEnglish } from "@/test/languages";

const ANSWER: ChatAnswer = {
  conversation_id: "v1",
  message_id: "m1",
  proposals: [],
  references: [],
  reply: "You spent $237.62 on groceries.",
  model: "offline-analyst",
  tool_calls: [
    { agent: "spending", tool: "spending_by_category", arguments: { month: "2026-10" }, result: { total: "237.62" } },
    { agent: "spending", tool: "largest_expenses", arguments: {}, result: "nothing found" },
  ],
  trace_id: "t1",
};

const fetchApi = vi.fn<typeof fetch>();

beforeEach(() => {
  fetchApi.mockReset();
  vi.stubGlobal("fetch", fetchApi);
  Element.prototype.scrollIntoView = vi.fn();
});

function answer(values: Partial<ChatAnswer> = {}) {
  fetchApi.mockResolvedValueOnce(Response.json({ ...ANSWER, ...values }));
}

function ask(question: string) {
  fireEvent.change(screen.getByLabelText("Your question"), { target: { value: question } });
  fireEvent.submit(screen.getByLabelText("Your question").closest("form")!);
}

describe("a conversation", () => {
  it("shows the answer and every tool call behind it, with arguments and result", async () => {
    renderEnglish(<Conversation />);
    answer();
    ask("  How much on groceries?  ");
    const log = within(screen.getByRole("log"));
    expect(log.getByText("How much on groceries?")).toBeDefined();
    expect(log.getByText("Looking through your transactions…")).toBeDefined();
    expect(await log.findByText("You spent $237.62 on groceries.")).toBeDefined();
    expect(log.queryByText("Looking through your transactions…")).toBeNull();
    expect(fetchApi.mock.lastCall![1]!.body).toBe('{"message":"How much on groceries?"}');
    expect((screen.getByLabelText("Your question") as HTMLInputElement).value).toBe("");

    expect(log.getByText("2 tool calls")).toBeDefined();
    const [first, second] = log.getAllByRole("listitem", { hidden: true });
    expect(first!.textContent).toContain("spending_by_category");
    expect(first!.textContent).toContain('"month": "2026-10"');
    expect(first!.textContent).toContain('"total": "237.62"');
    expect(second!.textContent).toContain("nothing found");
  });

  it("says that an offline answer is one, and names the model of another", async () => {
    renderEnglish(<Conversation />);
    answer();
    ask("One");
    expect(await screen.findByText("Offline analyst")).toBeDefined();
    answer({ model: "gemini-x", tool_calls: [] });
    ask("Two");
    expect(await screen.findByText("Answered by gemini-x")).toBeDefined();
    expect(screen.queryByText("0 tool calls")).toBeNull();
  });

  it("starts from a suggestion", async () => {
    renderEnglish(<Conversation />);
    answer();
    fireEvent.click(screen.getByRole("button", { name: "What were my largest expenses this month?" }));
    expect(await screen.findByText(ANSWER.reply)).toBeDefined();
    expect(screen.queryByText("Some questions to start with")).toBeNull();
  });

  it("sends neither an empty question nor a second one while waiting", async () => {
    renderEnglish(<Conversation />);
    ask("   ");
    expect(fetchApi).not.toHaveBeenCalled();
    fetchApi.mockReturnValueOnce(new Promise(() => undefined));
    ask("One");
    ask("Two");
    expect(fetchApi).toHaveBeenCalledTimes(1);
    expect((screen.getByLabelText("Your question") as HTMLInputElement).value).toBe("Two");
  });

  it("says what went wrong and asks again in its place", async () => {
    renderEnglish(<Conversation />);
    fetchApi.mockResolvedValueOnce(
      Response.json({ code: "companion_unavailable", detail: "The companion can’t be reached." }, { status: 503 }),
    );
    ask("One");
    expect((await screen.findByRole("alert")).textContent).toMatch(/^The companion can’t be reached\.Reference [0-9a-f]{32}$/);
    answer();
    fireEvent.click(screen.getByRole("button", { name: "Ask again" }));
    expect(await screen.findByText(ANSWER.reply)).toBeDefined();
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.getAllByText("One")).toHaveLength(1);
  });

  it("shows markup in an answer as the text that it is", async () => {
    renderEnglish(<Conversation />);
    answer({ reply: "<img src=x onerror=alert(1)> [link](javascript:alert(1))" });
    ask("One");
    expect(await screen.findByText("<img src=x onerror=alert(1)> [link](javascript:alert(1))")).toBeDefined();
    expect(document.querySelector("img, [role=log] a")).toBeNull();
  });
});
