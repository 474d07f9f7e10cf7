// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ImportWizard } from "@/components/imports/import-wizard";
import type { ImportPreview, ImportRow, ImportTotals } from "@/lib/api/schema";
import { renderEnglish } from "@/test/languages";
import { account } from "@/test/rows";

const ACCOUNTS = [account(), account({ id: "a2", name: "Card", kind: "card" })];
const FILE = new File(["Date,Payee,Amount\n"], "statement.csv", { type: "text/csv" });

const fetchApi = vi.fn<typeof fetch>();

beforeEach(() => {
  fetchApi.mockReset();
  vi.stubGlobal("fetch", fetchApi);
});

function row(number: number, values: Partial<ImportRow> = {}): ImportRow {
  return {
    row: number,
    date: "2026-10-04",
    payee: `Payee ${number}`,
    note: null,
    amount: { amount: "-84.15", currency: "USD" },
    duplicate: false,
    category_guess: "Groceries",
    ...values,
  };
}

function answer(body: object, status = 200) {
  fetchApi.mockResolvedValueOnce(Response.json(body, { status }));
}

/** The totals are those of the rows given, unless the file has more of them. */
function preview({ rows = [], errors = [], totals = {} }: Partial<Omit<ImportPreview, "totals">> & { totals?: Partial<ImportTotals> }) {
  const duplicates = rows.filter(({ duplicate }) => duplicate).length;
  const all = { new: rows.length - duplicates, duplicates, refused: errors.length, ...totals };
  const sum = all.new + all.duplicates + all.refused;
  answer({ totals: { rows: sum, ...all }, rows, errors, date_format: "YYYY-MM-DD", encoding: "utf-8" });
}

function choose(file = FILE) {
  fireEvent.change(screen.getByLabelText(/Statement file/), { target: { files: [file] } });
}

function sent(call: number) {
  const [url, init] = fetchApi.mock.calls[call]!;
  const form = init!.body as FormData;
  return { url, account: form.get("account_id"), file: form.get("file") };
}

describe("importing a statement", () => {
  it("shows what the file holds, saves only after a confirmation, and says what was saved", async () => {
    renderEnglish(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" uploadLimit={2} />);
    preview({ rows: [row(2), row(3, { duplicate: true }), row(4, { amount: { amount: "3400.00", currency: "USD" } })] });
    choose();

    expect(await screen.findByText("2 new transactions")).toBeDefined();
    expect(screen.getByText("3 rows")).toBeDefined();
    expect(screen.queryByText(/^Showing the first/)).toBeNull();
    expect(screen.getByText("1 duplicate, left out")).toBeDefined();
    expect(screen.getByText("Dates read as YYYY-MM-DD, text as utf-8.")).toBeDefined();
    const lines = within(screen.getByRole("table")).getAllByRole("row");
    expect(lines.map((line) => line.lastChild?.textContent)).toEqual(["Status", "New", "Duplicate", "New"]);
    expect(screen.getByText("+$3,400.00")).toBeDefined();
    expect(fetchApi).toHaveBeenCalledTimes(1);
    expect(sent(0)).toEqual({ url: "/api/v1/imports/preview", account: "a1", file: FILE });

    answer({ id: "i1", imported: 2, duplicates: 1 }, 201);
    fireEvent.click(screen.getByRole("button", { name: "Import 2 transactions" }));
    expect(await screen.findByText("2 transactions imported.")).toBeDefined();
    expect(screen.getByText("1 duplicate was left out.")).toBeDefined();
    expect(sent(1)).toEqual({ url: "/api/v1/imports", account: "a1", file: FILE });

    fireEvent.click(screen.getByRole("button", { name: "Import another file" }));
    expect(screen.getByLabelText(/Statement file/)).toBeDefined();
    expect(screen.queryByRole("table")).toBeNull();
  });

  it("offers nothing to confirm when every row is a duplicate", async () => {
    renderEnglish(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" uploadLimit={2} />);
    preview({ rows: [row(2, { duplicate: true })] });
    choose();
    expect(await screen.findByText("Nothing new to import")).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
  });

  it("imports nothing while a row can't be read, and says which", async () => {
    renderEnglish(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" uploadLimit={2} />);
    const errors = Array.from({ length: 100 }, (_, index) => ({ row: index + 3, message: "“abc” is not an amount." }));
    preview({ rows: [row(2)], errors, totals: { refused: 2105 } });
    choose();
    expect(await screen.findByText("2,105 rows can’t be read")).toBeDefined();
    expect(screen.getByText("2,106 rows")).toBeDefined();
    expect(screen.getByText("Row 3: “abc” is not an amount.")).toBeDefined();
    expect(screen.getByText("Row 102: “abc” is not an amount.")).toBeDefined();
    expect(screen.getByText("and 2,005 more")).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
  });

  it("says why a file is refused and takes the next one", async () => {
    renderEnglish(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" uploadLimit={2} />);
    answer({ code: "csv_empty", detail: "The file is empty; export the statement again." }, 422);
    choose(new File([], "empty.csv"));
    expect((await screen.findByRole("alert")).textContent).toBe("The file is empty; export the statement again.");

    preview({ rows: [row(2)] });
    choose();
    expect(await screen.findByText("1 new transaction")).toBeDefined();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("keeps the preview when saving fails, so that it can be tried again", async () => {
    renderEnglish(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" uploadLimit={2} />);
    preview({ rows: [row(2)] });
    choose();
    fetchApi.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    fireEvent.click(await screen.findByRole("button", { name: "Import 1 transaction" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The service doesn’t answer.");
    expect((screen.getByRole("button", { name: "Import 1 transaction" }) as HTMLButtonElement).disabled).toBe(false);
  });

  it("looks at the file again for another account, since its duplicates are others", async () => {
    renderEnglish(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" uploadLimit={2} />);
    preview({ rows: [row(2)] });
    choose();
    await screen.findByText("1 new transaction");
    preview({ rows: [row(2, { duplicate: true })] });
    fireEvent.change(screen.getByLabelText("Into account"), { target: { value: "a2" } });
    expect(await screen.findByText("Nothing new to import")).toBeDefined();
    expect(sent(1)).toMatchObject({ url: "/api/v1/imports/preview", account: "a2" });
  });

  it("shows the first rows of a long file only, and counts all of them", async () => {
    renderEnglish(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" uploadLimit={2} />);
    preview({ rows: Array.from({ length: 100 }, (_, index) => row(index + 2)), totals: { new: 99_000, duplicates: 1000 } });
    choose();
    expect(await screen.findByText("99,000 new transactions")).toBeDefined();
    expect(screen.getByText("1,000 duplicates, left out")).toBeDefined();
    expect(screen.getByText("Showing the first 100 of 100,000 rows.")).toBeDefined();
    expect(document.querySelectorAll("tbody tr")).toHaveLength(100);
    expect(screen.getByRole("button", { name: "Import 99,000 transactions" })).toBeDefined();
  });

  it("names the limit instead of sending a file that is too large", async () => {
    renderEnglish(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" uploadLimit={2} />);
    choose(new File([new Uint8Array(2 * 1024 * 1024 + 1)], "large.csv"));
    expect((await screen.findByRole("alert")).textContent).toContain("at most 2 MiB can be imported at once");
    expect(fetchApi).not.toHaveBeenCalled();

    preview({ rows: [row(2)] });
    choose(new File([new Uint8Array(2 * 1024 * 1024)], "just.csv"));
    expect(await screen.findByText("1 new transaction")).toBeDefined();
  });

  it("names the limit when an ingress controller refuses the file in words of its own", async () => {
    renderEnglish(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" uploadLimit={2} />);
    fetchApi.mockResolvedValueOnce(new Response("<html>413 Request Entity Too Large</html>", { status: 413 }));
    choose();
    expect((await screen.findByRole("alert")).textContent).toContain("at most 2 MiB can be imported at once");
  });

  it("passes on the limit that the backend names", async () => {
    renderEnglish(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" uploadLimit={2} />);
    answer({ code: "too_large", detail: "This is larger than the 1 MiB taken at once." }, 413);
    choose();
    expect((await screen.findByRole("alert")).textContent).toBe("This is larger than the 1 MiB taken at once.");
  });

  it("shows a formula and markup from a file as the text that they are", async () => {
    renderEnglish(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" uploadLimit={2} />);
    preview({ rows: [row(2, { payee: '=HYPERLINK("http://evil.example")<img src=x onerror=alert(1)>' })] });
    choose();
    expect(await screen.findByText('=HYPERLINK("http://evil.example")<img src=x onerror=alert(1)>')).toBeDefined();
    expect(document.querySelector("img")).toBeNull();
  });
});
