// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ImportWizard } from "@/components/imports/import-wizard";
import type { ImportPreview, ImportProfile, ImportRow, ImportTotals, Mapping } from "@/lib/api/schema";
import { renderEnglish } from "@/test/languages";
import { account } from "@/test/rows";

const ACCOUNTS = [account(), account({ id: "a2", name: "Card", kind: "card" })];
const FILE = new File(["Date,Payee,Amount\n"], "statement.csv", { type: "text/csv" });

const fetchApi = vi.fn<typeof fetch>();

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: vi.fn() }) }));

function renderWizard(profiles: ImportProfile[] = []) {
  return renderEnglish(<ImportWizard accounts={ACCOUNTS} profiles={profiles} initialAccount="a1" uploadLimit={2} />);
}

beforeEach(() => {
  // jsdom's files lack it.
  Blob.prototype.arrayBuffer = function () {
    return new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result as ArrayBuffer);
      reader.readAsArrayBuffer(this);
    });
  };
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
function preview({ rows = [], errors = [], totals = {}, ...rest }: Partial<Omit<ImportPreview, "totals">> & { totals?: Partial<ImportTotals> }) {
  const duplicates = rows.filter(({ duplicate }) => duplicate).length;
  const all = { new: rows.length - duplicates, duplicates, refused: errors.length, ...totals };
  const sum = all.new + all.duplicates + all.refused;
  const read = { unbooked: 0, format: "csv", unit: "row", date_format: "YYYY-MM-DD", encoding: "utf-8", header: [], profile: null, mapping: null, guess: null };
  answer({ totals: { rows: sum, ...all }, rows, errors, ...read, ...rest });
}

function choose(file = FILE) {
  fireEvent.change(screen.getByLabelText(/Statement file/), { target: { files: [file] } });
}

function sent(call: number) {
  const [url, init] = fetchApi.mock.calls[call]!;
  const form = init!.body as FormData;
  return { url, account: form.get("account_id"), file: form.get("file") };
}

function sentMapping(call: number) {
  const form = fetchApi.mock.calls[call]![1]!.body as FormData;
  return JSON.parse(String(form.get("mapping"))) as Mapping;
}

function select(label: string, value: string) {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

describe("importing a statement", () => {
  it("shows what the file holds, saves only after a confirmation, and says what was saved", async () => {
    renderWizard();
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
    renderWizard();
    preview({ rows: [row(2, { duplicate: true })] });
    choose();
    expect(await screen.findByText("Nothing new to import")).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
  });

  it("imports nothing while a row can't be read, and says which", async () => {
    renderWizard();
    const errors = Array.from({ length: 100 }, (_, index) => ({ row: index + 3, message: "“abc” is not an amount." }));
    preview({ rows: [row(2)], errors, totals: { refused: 2105 } });
    choose();
    expect(await screen.findByText("2,105 rows can’t be read")).toBeDefined();
    expect(screen.getByText("2,106 rows")).toBeDefined();
    const refused = screen.getAllByRole("listitem").map((item) => item.textContent);
    expect([refused[0], refused[99]]).toEqual(["Row 3: “abc” is not an amount.", "Row 102: “abc” is not an amount."]);
    expect(screen.getByText("and 2,005 more")).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
  });

  it("says why a file is refused and takes the next one", async () => {
    renderWizard();
    answer({ code: "csv_empty", detail: "The file is empty; export the statement again." }, 422);
    choose(new File([], "empty.csv"));
    expect((await screen.findByRole("alert")).textContent).toBe("The file is empty; export the statement again.");

    preview({ rows: [row(2)] });
    choose();
    expect(await screen.findByText("1 new transaction")).toBeDefined();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("keeps the preview when saving fails, so that it can be tried again", async () => {
    renderWizard();
    preview({ rows: [row(2)] });
    choose();
    fetchApi.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    fireEvent.click(await screen.findByRole("button", { name: "Import 1 transaction" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The service doesn’t answer.");
    expect((screen.getByRole("button", { name: "Import 1 transaction" }) as HTMLButtonElement).disabled).toBe(false);
  });

  it("looks at the file again for another account, since its duplicates are others", async () => {
    renderWizard();
    preview({ rows: [row(2)] });
    choose();
    await screen.findByText("1 new transaction");
    preview({ rows: [row(2, { duplicate: true })] });
    fireEvent.change(screen.getByLabelText("Into account"), { target: { value: "a2" } });
    expect(await screen.findByText("Nothing new to import")).toBeDefined();
    expect(sent(1)).toMatchObject({ url: "/api/v1/imports/preview", account: "a2" });
  });

  it("shows the first rows of a long file only, and counts all of them", async () => {
    renderWizard();
    preview({ rows: Array.from({ length: 100 }, (_, index) => row(index + 2)), totals: { new: 99_000, duplicates: 1000 } });
    choose();
    expect(await screen.findByText("99,000 new transactions")).toBeDefined();
    expect(screen.getByText("1,000 duplicates, left out")).toBeDefined();
    expect(screen.getByText("Showing the first 100 of 100,000 rows.")).toBeDefined();
    expect(document.querySelectorAll("tbody tr")).toHaveLength(100);
    expect(screen.getByRole("button", { name: "Import 99,000 transactions" })).toBeDefined();
  });

  it("names the limit instead of sending a file that is too large", async () => {
    renderWizard();
    choose(new File([new Uint8Array(2 * 1024 * 1024 + 1)], "large.csv"));
    expect((await screen.findByRole("alert")).textContent).toContain("at most 2 MiB can be imported at once");
    expect(fetchApi).not.toHaveBeenCalled();

    preview({ rows: [row(2)] });
    choose(new File([new Uint8Array(2 * 1024 * 1024)], "just.csv"));
    expect(await screen.findByText("1 new transaction")).toBeDefined();
  });

  it("names the limit when an ingress controller refuses the file in words of its own", async () => {
    renderWizard();
    fetchApi.mockResolvedValueOnce(new Response("<html>413 Request Entity Too Large</html>", { status: 413 }));
    choose();
    expect((await screen.findByRole("alert")).textContent).toContain("at most 2 MiB can be imported at once");
  });

  it("passes on the limit that the backend names", async () => {
    renderWizard();
    answer({ code: "too_large", detail: "This is larger than the 1 MiB taken at once." }, 413);
    choose();
    expect((await screen.findByRole("alert")).textContent).toBe("This is larger than the 1 MiB taken at once.");
  });

  it("shows a formula and markup from a file as the text that they are", async () => {
    renderWizard();
    preview({ rows: [row(2, { payee: '=HYPERLINK("http://evil.example")<img src=x onerror=alert(1)>' })] });
    choose();
    expect(await screen.findByText('=HYPERLINK("http://evil.example")<img src=x onerror=alert(1)>')).toBeDefined();
    expect(document.querySelector("img")).toBeNull();
  });
});

describe("choosing the columns of a CSV", () => {
  const CSV = 'Report\n"When";"Who; where";Sum\n05/11/2026;"Shop ""A""; Lahore";12,50\n';

  it("begins with the file's own rows where no header was found, and sends the columns by their places", async () => {
    renderWizard();
    answer({ code: "no_header", detail: "No row of this file names its columns." }, 422);
    choose(new File([CSV], "bank.csv"));
    expect((await screen.findByRole("alert")).textContent).toBe("No row of this file names its columns.");
    select("Columns are separated by", ";");
    select("Rows above the table", "1");
    expect(await screen.findByText('Shop "A"; Lahore')).toBeDefined();
    select("Date", "1");
    select("Payee (optional)", "2");
    select("Amount", "3");
    select("Spending is", "positive_is_spending");
    select("Dates are written", "DD/MM/YYYY");
    select("Before the cents stands", ",");

    answer({ code: "invalid", detail: "Something is wrong with it." }, 422);
    fireEvent.click(screen.getByRole("button", { name: "Read it this way" }));
    expect((await screen.findByRole("alert")).textContent).toBe("Something is wrong with it.");
    const mapping = {
      columns: { date: 1, payee: 2, notes: [], amount: 3, debit: null, credit: null, fee: null, currency: null, external_id: null },
      delimiter: ";",
      skip_rows: 1,
      has_header: true,
      date_format: "DD/MM/YYYY",
      decimal: ",",
      sign: "positive_is_spending",
    };
    expect(sentMapping(1)).toEqual(mapping);

    const header = ["When", "Who; where", "Sum"];
    preview({ rows: [row(3)], mapping: mapping as unknown as Mapping, header });
    fireEvent.click(screen.getByRole("button", { name: "Read it this way" }));
    expect(await screen.findByText("1 new transaction")).toBeDefined();
    expect(sentMapping(2)).toEqual(mapping);

    answer({ code: "name_taken", detail: "There is a profile “Bank” already." }, 409);
    fireEvent.change(screen.getByLabelText("Name of the profile"), { target: { value: "Bank" } });
    fireEvent.click(screen.getByRole("button", { name: "Save as a profile" }));
    expect((await screen.findByRole("alert")).textContent).toBe("There is a profile “Bank” already.");
    expect((screen.getByLabelText("Name of the profile") as HTMLInputElement).value).toBe("Bank");
    const [url, init] = fetchApi.mock.lastCall!;
    expect([url, JSON.parse(String(init!.body))]).toEqual(["/api/v1/import-profiles", { name: "Bank", header, mapping }]);

    answer({ id: "i1", imported: 1, duplicates: 0 }, 201);
    fireEvent.click(screen.getByRole("button", { name: "Import 1 transaction" }));
    await screen.findByText("1 transaction imported.");
    expect(sentMapping(4)).toEqual(mapping);
  });

  it("begins with what was found out, and can go back to that", async () => {
    renderWizard();
    const guess = { columns: { date: 1, notes: [2], debit: 3, credit: 4 }, delimiter: ",", skip_rows: 0, has_header: true } as unknown as Mapping;
    preview({ rows: [row(2)], guess });
    choose(new File(["Date,Text,Out,In\n2026-11-01,Shop,1.00,\n"], "bank.csv"));
    fireEvent.click(await screen.findByRole("button", { name: "Change how it is read" }));
    expect(((await screen.findByLabelText("Money out (optional)")) as HTMLSelectElement).value).toBe("3");
    await screen.findByRole("columnheader", { name: "Text" });
    select("Note (optional)", "");
    select("Payee (optional)", "2");
    preview({ rows: [row(2)], mapping: guess });
    fireEvent.click(screen.getByRole("button", { name: "Read it this way" }));
    await screen.findByLabelText("Name of the profile");
    expect(sentMapping(1).columns).toMatchObject({ date: 1, payee: 2, notes: [], amount: null, debit: 3, credit: 4 });

    preview({ rows: [row(2)], guess });
    fireEvent.click(screen.getByRole("button", { name: "Let it be found out" }));
    await screen.findByRole("button", { name: "Change how it is read" });
    expect((fetchApi.mock.lastCall![1]!.body as FormData).has("mapping")).toBe(false);
  });

  it("reads by the profile that is chosen", async () => {
    renderWizard([{ id: "p1", name: "My bank", header: ["A"], mapping: { columns: { date: 1, notes: [] } } as unknown as Mapping }]);
    select("Read it by", "p1");
    expect(fetchApi).not.toHaveBeenCalled();
    preview({ rows: [row(2)], profile: { id: "p1", name: "My bank" } });
    choose();
    expect(await screen.findByText(/^Read by your profile “My bank”/)).toBeDefined();
    expect((fetchApi.mock.lastCall![1]!.body as FormData).get("profile_id")).toBe("p1");
  });
});

describe("a file that can't be read without more", () => {
  it("asks which of its accounts is meant", async () => {
    renderWizard();
    answer({ code: "several_accounts", detail: "Choose.", errors: [{ field: "statement_account", message: "Choose." }] }, 422);
    choose();
    fireEvent.change(await screen.findByLabelText("Account in the file"), { target: { value: "PK36" } });
    preview({ rows: [row(2)], format: "ofx", unit: "transaction", date_format: null });
    fireEvent.click(screen.getByRole("button", { name: "Read it again" }));
    expect(await screen.findByText("Read as OFX.")).toBeDefined();
    expect((fetchApi.mock.lastCall![1]!.body as FormData).get("statement_account")).toBe("PK36");
    expect(screen.queryByRole("button", { name: "Change how it is read" })).toBeNull();
  });

  it("asks how the dates are meant", async () => {
    renderWizard();
    answer({ code: "ambiguous_dates", detail: "May be either." }, 422);
    choose();
    await screen.findByRole("alert");
    expect(screen.getByRole("button", { name: "Change how it is read" })).toBeDefined();
    preview({ rows: [row(2)] });
    select("Dates are written", "MM/DD/YYYY");
    await screen.findByText("1 new transaction");
    expect((fetchApi.mock.lastCall![1]!.body as FormData).get("date_format")).toBe("MM/DD/YYYY");
  });

  it("is kept, so that it can be sent again", async () => {
    renderWizard();
    fetchApi.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    choose();
    preview({ rows: [row(2)] });
    fireEvent.click(await screen.findByRole("button", { name: "Read it again" }));
    await screen.findByText("1 new transaction");
    expect(sent(1)).toMatchObject({ account: "a1", file: FILE });
  });
});
