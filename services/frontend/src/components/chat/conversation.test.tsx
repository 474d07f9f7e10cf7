// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Conversation } from "@/components/chat/conversation";
import type { ChatAnswer } from "@/lib/api/schema";
import { renderEnglish, renderIn } from "@/test/languages";
import { eventStream } from "@/test/streams";

const ANSWER: ChatAnswer = {
  conversation_id: "v1",
  message_id: "m1",
  proposals: [],
  references: [],
  reply: "You spent $237.62 on groceries.\n\nAnswered by the offline analyst: fixed rules over your own data, no AI model.",
  model: "offline-analyst",
  tool_calls: [
    {
      agent: "spending",
      tool: "spending_by_category",
      arguments: { month: "2026-10" },
      result: { total: { amount: "237.62", currency: "USD" }, categories: [{ id: "c1", category: "Groceries", transactions: 4 }] },
    },
    { agent: "spending", tool: "brand_new_tool", arguments: {}, result: "nothing found" },
  ],
  trace_id: "t1",
};
const SUGGESTION = "What were my largest expenses this month?";

const fetchApi = vi.fn<typeof fetch>();
const onAnswered = vi.fn();

beforeEach(() => {
  fetchApi.mockReset();
  onAnswered.mockReset();
  vi.stubGlobal("fetch", fetchApi);
  // jsdom lays nothing out.
  vi.stubGlobal("ResizeObserver", class { observe() {} disconnect() {} });
});

/** The next call is answered with a stream, which is returned. */
function stream() {
  const events = eventStream();
  fetchApi.mockImplementationOnce((_, init) => Promise.resolve(events.open(init?.signal)));
  return events;
}

function answer(values: Partial<ChatAnswer> = {}) {
  const events = stream();
  events.tell("done", { ...ANSWER, ...values });
  events.end();
}

function show() {
  return renderEnglish(<Conversation suggestions={[SUGGESTION]} onAnswered={onAnswered} />);
}

function ask(question: string) {
  fireEvent.change(screen.getByLabelText("Your question"), { target: { value: question } });
  fireEvent.keyDown(screen.getByLabelText("Your question"), { key: "Enter" });
}

function sent(call = -1): Record<string, unknown> {
  return JSON.parse(String(fetchApi.mock.calls.at(call)![1]!.body)) as Record<string, unknown>;
}

const STEP = { id: "s1", agent: "spending", tool: "spending_by_category" };

describe("a conversation", () => {
  it("shows what is being done, the text as it comes, and the answer with every tool call behind it", async () => {
    const events = stream();
    show();
    ask("  How much on groceries?  ");
    const log = within(screen.getByRole("log"));
    expect(log.getByText("How much on groceries?")).toBeDefined();
    expect(log.getByText("Looking through your transactions…")).toBeDefined();
    expect((screen.getByLabelText("Your question") as HTMLTextAreaElement).value).toBe("");

    events.tell("tool_started", { ...STEP, arguments: {} });
    expect((await log.findByText("Added up spending by category")).closest("li")!.dataset.state).toBe("running");
    events.tell("tool_ended", { ...STEP, failed: false, milliseconds: 5 });
    events.tell("text", { delta: "You spent $2" });
    events.tell("text", { delta: "37.62" });
    expect((await log.findByText("You spent $237.62")).closest("[aria-live]")!.getAttribute("aria-live")).toBe("off");
    events.tell("text_reset", {});
    events.tell("done", ANSWER);
    events.end();

    fireEvent.click(await log.findByText("2 tool calls"));
    const [first, second] = await log.findAllByRole("listitem", { hidden: true });
    expect(first!.textContent).toContain("Added up spending by category");
    expect(first!.textContent).toContain("spending · spending_by_category");
    expect(first!.textContent).toContain("October 2026");
    expect(first!.textContent).toContain("$237.62");
    expect(within(first!).getByRole("columnheader", { name: "Category", hidden: true })).toBeDefined();
    expect(first!.textContent).not.toContain("c1");
    expect(second!.textContent).toContain("nothing found");
    expect(log.getByText("You spent $237.62 on groceries.")).toBeDefined();
    expect(onAnswered).toHaveBeenCalledExactlyOnceWith("v1");
  });

  it("goes on with itself, in the reader's language and on the reader's day", async () => {
    answer();
    renderIn("ur", <Conversation suggestions={[]} />);
    const box = screen.getByLabelText("آپ کا سوال");
    fireEvent.change(box, { target: { value: "۵۰۰ کا پیٹرول" } });
    fireEvent.keyDown(box, { key: "Enter" });
    await screen.findByText("آف لائن تجزیہ کار");
    expect(sent()).toMatchObject({ message: "۵۰۰ کا پیٹرول", locale: "ur", today: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string });
    expect(sent().conversation_id).toBeUndefined();
    answer();
    fireEvent.change(box, { target: { value: "۷۰۰" } });
    fireEvent.keyDown(box, { key: "Enter" });
    await waitFor(() => expect(sent().conversation_id).toBe("v1"));
    await waitFor(() => expect(screen.getAllByText("آف لائن تجزیہ کار")).toHaveLength(2));
  });

  it("says that an offline answer is one, and why, and names the model of another", async () => {
    answer({ reply: `${ANSWER.reply}\n\nThe AI model was set aside: it did not answer in time.` });
    show();
    ask("One");
    expect(await screen.findByText("Offline analyst")).toBeDefined();
    expect(screen.getByText("The AI model was set aside: it did not answer in time.").closest("footer")).not.toBeNull();
    expect(screen.queryByText(/Answered by/)).toBeNull();
    answer({ model: "gemini-x", tool_calls: [], reply: "Nothing.\n\nThis shows your own records; it is not financial advice." });
    ask("Two");
    expect(await screen.findByText("Answered by gemini-x")).toBeDefined();
    expect(screen.getByText("This shows your own records; it is not financial advice.").closest("footer")).not.toBeNull();
    expect(screen.queryByText("0 tool calls")).toBeNull();
  });

  it("starts from a suggestion", async () => {
    answer();
    show();
    fireEvent.click(screen.getByRole("button", { name: SUGGESTION }));
    expect(await screen.findByText("You spent $237.62 on groceries.")).toBeDefined();
    expect(screen.queryByText("Some questions to start with")).toBeNull();
  });

  it("sends neither an empty question, nor a second one while waiting, nor on Shift+Enter or while a word is composed", async () => {
    show();
    ask("   ");
    fireEvent.change(screen.getByLabelText("Your question"), { target: { value: "One" } });
    fireEvent.keyDown(screen.getByLabelText("Your question"), { key: "Enter", shiftKey: true });
    fireEvent.keyDown(screen.getByLabelText("Your question"), { key: "Enter", isComposing: true });
    expect(fetchApi).not.toHaveBeenCalled();
    stream();
    ask("One");
    ask("Two");
    await waitFor(() => expect(fetchApi).toHaveBeenCalled());
    expect(fetchApi).toHaveBeenCalledTimes(1);
    expect((screen.getByLabelText("Your question") as HTMLTextAreaElement).value).toBe("Two");
  });

  it("stops when it is told to, hangs up, and keeps what came", async () => {
    const events = stream();
    show();
    ask("One");
    events.tell("text", { delta: "You spent" });
    await screen.findByText("You spent");
    fireEvent.click(screen.getByRole("button", { name: "Stop" }));
    expect(await screen.findByText("You stopped this answer. Nothing of it was kept.")).toBeDefined();
    expect(fetchApi.mock.lastCall![1]!.signal!.aborted).toBe(true);
    expect(screen.getByText("You spent")).toBeDefined();
    expect(screen.getByRole("button", { name: "Send" })).toBeDefined();
  });

  it("hangs up when it is left", async () => {
    stream();
    const { unmount } = show();
    ask("One");
    await waitFor(() => expect(fetchApi).toHaveBeenCalled());
    unmount();
    expect(fetchApi.mock.lastCall![1]!.signal!.aborted).toBe(true);
  });

  it.each(["breakOff", "end"] as const)("keeps what came when the connection is lost (%s), and asks again in its place", async (how) => {
    const events = stream();
    show();
    ask("One");
    await act(async () => {
      events.tell("tool_started", { id: "s1", agent: "spending", tool: "propose_transaction" });
      events.tell("text", { delta: "I propose" });
      await Promise.resolve();
    });
    await screen.findByText("I propose");
    events[how]();
    expect((await screen.findByRole("alert")).textContent).toContain("The connection broke off");
    expect(screen.getByText("I propose")).toBeDefined();
    expect(screen.getByText(/doesn’t make a second/)).toBeDefined();
    answer();
    fireEvent.click(screen.getByRole("button", { name: "Ask again" }));
    expect(await screen.findByText("You spent $237.62 on groceries.")).toBeDefined();
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.getAllByText("One")).toHaveLength(1);
  });

  it("says what went wrong on the way", async () => {
    const events = stream();
    show();
    ask("One");
    events.tell("error", { status: 503, code: "companion_unavailable", detail: "The companion can’t be reached." });
    events.end();
    expect((await screen.findByRole("alert")).textContent).toMatch(/^The companion can’t be reached\.Reference [0-9a-f]{32}$/);
  });

  it("says what went wrong before it began", async () => {
    fetchApi.mockResolvedValueOnce(Response.json({ code: "not_found", detail: "There is no such conversation." }, { status: 404 }));
    show();
    ask("One");
    expect((await screen.findByRole("alert")).textContent).toBe("There is no such conversation.");
    expect(onAnswered).not.toHaveBeenCalled();
  });

  it("shows markup in an answer as the text that it is", async () => {
    const markup = "<img src=x onerror=alert(1)> [link](javascript:alert(1))";
    const events = stream();
    show();
    ask("One");
    events.tell("text", { delta: markup });
    expect(await screen.findByText(markup)).toBeDefined();
    events.tell("done", { ...ANSWER, reply: `**${markup}**`, tool_calls: [{ agent: "a", tool: "t", arguments: {}, result: markup }] });
    events.end();
    await waitFor(() => expect(screen.getByText(markup).tagName).toBe("STRONG"));
    fireEvent.click(screen.getByText("1 tool call"));
    await waitFor(() => expect(screen.getAllByText(markup)).toHaveLength(2));
    expect(document.querySelector("img, [role=log] a")).toBeNull();
  });

  it("links a figure to the row that it comes from", async () => {
    answer({
      reply: "Your largest expenses:\n- 2026-11-03 Haji Yousuf: -90,000.00 PKR, 42 %",
      references: [
        { kind: "transaction", id: "t1", label: "Haji Yousuf", date: "2026-11-03", amount: { amount: "-90000.00", currency: "PKR" } },
        { kind: "goal", id: "g1", label: "Car", amount: { amount: "42", currency: "PKR" } },
      ],
    });
    show();
    ask("One");
    const link = await screen.findByRole("link", { name: "-90,000.00" });
    expect(link.getAttribute("href")).toBe("/transactions?q=Haji+Yousuf&from=2026-11-03&to=2026-11-03");
    expect(screen.queryByRole("link", { name: "42" })).toBeNull();
    expect((await screen.findByRole("link", { name: /^Car/ })).getAttribute("href")).toBe("/goals");
  });
});
