// @vitest-environment jsdom
import { fireEvent, render, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ImportWizard } from "@/components/imports/import-wizard";
import type { Account, ImportPreview, ImportRow } from "@/lib/api/types";

const ACCOUNTS: Account[] = [
  { id: "a1", name: "Everyday", kind: "bank", currency: "USD", balance: { amount: "0.00", currency: "USD" } },
  { id: "a2", name: "Card", kind: "card", currency: "USD", balance: { amount: "0.00", currency: "USD" } },
];
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

function preview(values: Partial<ImportPreview>) {
  answer({ rows: [], errors: [], date_format: "YYYY-MM-DD", encoding: "utf-8", ...values });
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
    render(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" />);
    preview({ rows: [row(2), row(3, { duplicate: true }), row(4, { amount: { amount: "3400.00", currency: "USD" } })] });
    choose();

    expect(await screen.findByText("2 new transactions")).toBeDefined();
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
    render(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" />);
    preview({ rows: [row(2, { duplicate: true })] });
    choose();
    expect(await screen.findByText("Nothing new to import")).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
  });

  it("imports nothing while a row can't be read, and says which", async () => {
    render(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" />);
    const errors = Array.from({ length: 25 }, (_, index) => ({ row: index + 3, message: "“abc” is not an amount." }));
    preview({ rows: [row(2)], errors });
    choose();
    expect(await screen.findByText("25 rows can’t be read")).toBeDefined();
    expect(screen.getByText("Row 3: “abc” is not an amount.")).toBeDefined();
    expect(screen.getByText("and 5 more")).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
  });

  it("says why a file is refused and takes the next one", async () => {
    render(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" />);
    answer({ code: "csv_empty", detail: "The file is empty; export the statement again." }, 422);
    choose(new File([], "empty.csv"));
    expect((await screen.findByRole("alert")).textContent).toBe("The file is empty; export the statement again.");

    preview({ rows: [row(2)] });
    choose();
    expect(await screen.findByText("1 new transaction")).toBeDefined();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("keeps the preview when saving fails, so that it can be tried again", async () => {
    render(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" />);
    preview({ rows: [row(2)] });
    choose();
    fetchApi.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    fireEvent.click(await screen.findByRole("button", { name: "Import 1 transaction" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The service doesn’t answer.");
    expect((screen.getByRole("button", { name: "Import 1 transaction" }) as HTMLButtonElement).disabled).toBe(false);
  });

  it("looks at the file again for another account, since its duplicates are others", async () => {
    render(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" />);
    preview({ rows: [row(2)] });
    choose();
    await screen.findByText("1 new transaction");
    preview({ rows: [row(2, { duplicate: true })] });
    fireEvent.change(screen.getByLabelText("Into account"), { target: { value: "a2" } });
    expect(await screen.findByText("Nothing new to import")).toBeDefined();
    expect(sent(1)).toMatchObject({ url: "/api/v1/imports/preview", account: "a2" });
  });

  it("shows the first rows of a long file only, and counts all of them", async () => {
    render(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" />);
    preview({ rows: Array.from({ length: 5000 }, (_, index) => row(index + 2)) });
    choose();
    expect(await screen.findByText("5,000 new transactions")).toBeDefined();
    expect(screen.getByText("The first 200 of 5,000 rows are shown.")).toBeDefined();
    expect(document.querySelectorAll("tbody tr")).toHaveLength(200);
  });

  it("shows a formula and markup from a file as the text that they are", async () => {
    render(<ImportWizard accounts={ACCOUNTS} initialAccount="a1" />);
    preview({ rows: [row(2, { payee: '=HYPERLINK("http://evil.example")<img src=x onerror=alert(1)>' })] });
    choose();
    expect(await screen.findByText('=HYPERLINK("http://evil.example")<img src=x onerror=alert(1)>')).toBeDefined();
    expect(document.querySelector("img")).toBeNull();
  });
});
