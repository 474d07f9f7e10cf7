// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ProposalCard } from "@/components/proposals/proposal-card";
import type { Proposal } from "@/lib/api/schema";
import { renderEnglish, renderIn } from "@/test/languages";
import { account, category } from "@/test/rows";

const refresh = vi.hoisted(() => vi.fn());
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));

const PROPOSAL: Proposal = {
  id: "p1",
  kind: "transaction",
  summary: "Spend 500.00 USD at <b>Petrol</b> from Everyday on 2026-11-26",
  payload: { account_id: "a1", amount: "-500.00", payee: "<b>Petrol</b>", date: "2026-11-26" },
  status: "pending",
  created_at: "2026-11-26T08:00:00Z",
  expires_at: "2026-11-27T08:00:00Z",
  decided_at: null,
  results: [],
};
const REFERENCE = { id: PROPOSAL.id, summary: PROPOSAL.summary, expires_at: PROPOSAL.expires_at };

const fetchApi = vi.fn<typeof fetch>();
/** What the API holds now, and how it answers the next write. */
let proposal: Proposal;
let refused: { status: number; code: string } | undefined;

beforeEach(() => {
  // jsdom knows no dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  proposal = PROPOSAL;
  refused = undefined;
  refresh.mockReset();
  fetchApi.mockReset();
  vi.stubGlobal("fetch", fetchApi);
  fetchApi.mockImplementation((url, init) => {
    const path = String(url).replace("/api/v1", "");
    if (path === "/accounts") return json([account(), account({ id: "a2", name: "Wallet" })]);
    if (path === "/categories") return json([category()]);
    if (init!.method === "GET") return json(proposal, etag());
    if (refused) return Promise.resolve(Response.json({ code: refused.code, detail: "No." }, { status: refused.status }));
    if (init!.method === "PATCH") {
      const { payload } = JSON.parse(String(init!.body)) as { payload: object };
      proposal = { ...proposal, payload: { ...proposal.payload, ...payload } };
    } else proposal = { ...proposal, status: path.endsWith("/confirm") ? "confirmed" : "declined" };
    return json(proposal, etag());
  });
});

function json(body: unknown, tag = '""'): Promise<Response> {
  return Promise.resolve(Response.json(body, { headers: { ETag: tag } }));
}

function etag(): string {
  return JSON.stringify(`${proposal.status} ${String(proposal.payload.amount)}`).replaceAll('"', "'");
}

function writes() {
  return fetchApi.mock.calls.filter(([, init]) => init!.method !== "GET").map(([url, init]) => ({
    call: `${init!.method} ${String(url)}`,
    ifMatch: (init!.headers as Record<string, string>)["If-Match"],
    body: init!.body,
  }));
}

async function press(name: string) {
  const button = await screen.findByRole("button", { name });
  await waitFor(() => expect((button as HTMLButtonElement).disabled).toBe(false));
  fireEvent.click(button);
}

function show() {
  return renderEnglish(<ProposalCard reference={REFERENCE} />);
}

describe("a proposal", () => {
  it("says value by value what would happen, as text", async () => {
    show();
    expect(screen.getByText(PROPOSAL.summary)).toBeDefined();
    const values = within((await screen.findByText("Account")).closest("dl")!);
    expect(values.getAllByRole("definition").map(({ textContent }) => textContent)).toEqual(["$500.00 out", "<b>Petrol</b>", "Nov 26, 2026", "Everyday"]);
    expect(screen.getByText("Not done yet")).toBeDefined();
  });

  it("is confirmed as it was shown, once, and the page follows", async () => {
    show();
    await press("Confirm");
    expect(await screen.findByText("The transaction is recorded.", { exact: false })).toBeDefined();
    expect(writes()).toEqual([{ call: "POST /api/v1/proposals/p1/confirm", ifMatch: "'pending -500.00'", body: undefined }]);
    expect(screen.queryByRole("button")).toBeNull();
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(screen.getByRole("link", { name: "Show it" }).getAttribute("href")).toContain("from=2026-11-26");
  });

  it("is declined", async () => {
    show();
    await press("Decline");
    expect(await screen.findByText("Declined")).toBeDefined();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it.each([
    [409, "proposal_decided", "declined", /decided on already/, "Declined"],
    [410, "proposal_expired", "expired", /has expired, and nothing was done/, "Expired"],
    [409, "proposal_outdated", "failed", /is gone/, "Not possible any more"],
  ] as const)("that is over (%s %s) says so and can't be confirmed any more", async (status, code, now, text, label) => {
    show();
    await screen.findByText("Not done yet");
    refused = { status, code };
    proposal = { ...proposal, status: now };
    await press("Confirm");
    expect((await screen.findByRole("alert")).textContent).toMatch(text);
    expect(await screen.findByText(label)).toBeDefined();
    expect(screen.queryByRole("button")).toBeNull();
    expect(refresh).not.toHaveBeenCalled();
  });

  it("that was changed meanwhile is shown anew before it can be confirmed", async () => {
    show();
    await screen.findByText("$500.00 out");
    refused = { status: 412, code: "changed_meanwhile" };
    proposal = { ...proposal, payload: { ...proposal.payload, amount: "-20000.00" } };
    await press("Confirm");
    expect((await screen.findByRole("alert")).textContent).toMatch(/was changed in the meantime/);
    expect(await screen.findByText("$20,000.00 out")).toBeDefined();
    refused = undefined;
    await press("Confirm");
    expect(await screen.findByText("Confirmed")).toBeDefined();
    expect(writes().at(-1)!.ifMatch).toBe("'pending -20000.00'");
  });

  it("stays as it is when the service can't be reached, and can be tried again", async () => {
    show();
    await screen.findByText("Not done yet");
    refused = { status: 503, code: "unavailable" };
    await press("Confirm");
    expect((await screen.findByRole("alert")).textContent).toContain("No.");
    refused = undefined;
    await press("Confirm");
    expect(await screen.findByText("Confirmed")).toBeDefined();
  });

  it("can be corrected before, field by field", async () => {
    show();
    await press("Edit");
    fireEvent.change(await screen.findByLabelText("Amount"), { target: { value: "۷۰۰" } });
    fireEvent.change(screen.getByLabelText("Account"), { target: { value: "a2" } });
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("$700.00 out")).toBeDefined();
    expect(writes()).toEqual([
      { call: "PATCH /api/v1/proposals/p1", ifMatch: "'pending -500.00'", body: '{"payload":{"amount":"-700","account_id":"a2"}}' },
    ]);
    await press("Confirm");
    await screen.findByText("Confirmed");
    expect(writes().at(-1)!.ifMatch).toBe("'pending -700'");
  });

  it("that is shown twice is decided on once", async () => {
    renderEnglish(
      <>
        <ProposalCard reference={REFERENCE} />
        <ProposalCard reference={REFERENCE} />
      </>,
    );
    await waitFor(() => expect(screen.getAllByText("Not done yet")).toHaveLength(2));
    const [first] = screen.getAllByRole("button", { name: "Confirm" });
    fireEvent.click(first!);
    await waitFor(() => expect(screen.getAllByText("Confirmed")).toHaveLength(2));
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("is written in Urdu, with its own digits", async () => {
    renderIn("ur", <ProposalCard reference={REFERENCE} />);
    expect((await screen.findByText("رقم")).nextElementSibling!.textContent).toMatch(/۵۰۰.* ادائیگی/);
    expect(screen.getByRole("button", { name: "تصدیق کریں" })).toBeDefined();
  });
});
