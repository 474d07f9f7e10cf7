// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Holdings } from "@/components/investments/holdings";
import NewTradeDialog from "@/components/investments/new-trade-dialog";
import TableImportDialog from "@/components/investments/table-import-dialog";
import type { Holding } from "@/lib/api/schema";
import { renderEnglish, renderIn } from "@/test/languages";
import { usd } from "@/test/rows";

const refresh = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh }) }));

const fetchApi = vi.fn<typeof fetch>();

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = vi.fn();
  fetchApi.mockReset();
  refresh.mockReset();
  vi.stubGlobal("fetch", fetchApi);
});

const labels = () => [...document.querySelectorAll("label")].map((label) => label.textContent);
const type = (label: string | RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe("the form of a trade", () => {
  const onDone = vi.fn();

  beforeEach(() => {
    onDone.mockReset();
    renderEnglish(
      <NewTradeDialog
        accounts={[{ id: "a1", name: "Broker", currency: "USD" }]}
        securities={[
          { id: "s1", symbol: "ACME", name: "ACME", currency: "USD" },
          { id: "s2", symbol: "GOLD", name: "Gold", currency: "PKR" },
        ]}
        categories={[]}
        onClose={vi.fn()}
        onDone={onDone}
      />,
    );
  });

  it("shows the fields of its kind only", () => {
    expect(labels()).toContain("Price of one, in USD");
    type("Kind", "split");
    expect(labels()).toEqual(["Kind", "Account", "Security", "Date", "New shares", "for old shares", "Note (optional)"]);
  });

  it("asks for the amount where the price is in another currency", () => {
    type("Security", "s2");
    expect(labels()).toContain("Amount without the fee, in USD");
    expect(labels()).not.toContain("You know");
  });

  it("stays open when it is refused, points at the field, and is sent again under the same key", async () => {
    const errors = [{ field: "quantity", message: "Too much." }];
    fetchApi.mockResolvedValueOnce(Response.json({ code: "invalid", detail: "Too much.", errors }, { status: 422 }));
    fetchApi.mockResolvedValueOnce(Response.json({ id: "t1" }, { status: 201 }));
    type("Quantity", "3");
    type("Price of one, in USD", "20");
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    expect((await screen.findByRole("alert")).textContent).toBe("Too much.");
    const quantity = screen.getByLabelText<HTMLInputElement>("Quantity");
    expect([quantity.getAttribute("aria-invalid"), quantity.value, document.activeElement]).toEqual(["true", "3", quantity]);
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    expect(quantity.getAttribute("aria-invalid")).toBeNull();
    const keys = fetchApi.mock.calls.map(([, init]) => (init!.headers as Record<string, string>)["Idempotency-Key"]);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
  });
});

describe("a table of prices", () => {
  const send = (csv: string) => {
    type("Rows", csv);
    fireEvent.click(screen.getByRole("button", { name: "Import" }));
  };

  it("names each row that can't be taken, and keeps them all", async () => {
    const errors = [
      { field: "csv.2", message: "There is no security 'X'." },
      { field: "csv.5", message: "'soon' is not a usable date." },
    ];
    fetchApi.mockResolvedValueOnce(Response.json({ code: "invalid", detail: "Row 2: No. 1 more can't be taken either.", errors }, { status: 422 }));
    renderEnglish(<TableImportDialog what="prices" onClose={vi.fn()} />);
    send("X,2026-11-24,1");
    const rows = within(await screen.findByRole("list", { name: "Rows that can’t be taken" })).getAllByRole("listitem");
    expect(rows.map((row) => row.textContent)).toEqual(["Row 2: There is no security 'X'.", "Row 5: 'soon' is not a usable date."]);
    expect(screen.getByLabelText<HTMLTextAreaElement>("Rows").value).toBe("X,2026-11-24,1");
    expect(refresh).not.toHaveBeenCalled();
  });

  it("says what became of the rows", async () => {
    fetchApi.mockResolvedValueOnce(Response.json({ added: 3, changed: 1, unchanged: 0 }, { status: 201 }));
    renderEnglish(<TableImportDialog what="rates" onClose={vi.fn()} />);
    send("2026-11-24,USD,PKR,281.5");
    expect((await screen.findByRole("status")).textContent).toBe("3 added, 1 changed, 0 were there already.");
    expect(fetchApi.mock.lastCall![0]).toBe("/api/v1/rates/import");
    expect(refresh).toHaveBeenCalledOnce();
  });
});

describe("holdings", () => {
  const holding: Holding = {
    security_id: "s1",
    symbol: "ACME",
    name: "Acme Corporation",
    kind: "stock",
    account_id: "a1",
    account: "Broker",
    quantity: "12.50000001",
    cost: usd("100.00"),
    price: { price: "10.25", currency: "USD", date: "2026-11-10", source: "price" },
    value: usd("128.13"),
    converted_value: usd("128.13"),
    unrealised_gain: usd("28.13"),
  };
  const cells = () => screen.getAllByRole("cell").map((cell) => cell.lastElementChild!.textContent);

  it("warn of an old price, in both languages", () => {
    renderEnglish(<Holdings holdings={[holding]} today="2026-11-24" />);
    expect(screen.getByText("14 days old")).toBeDefined();
    renderIn("ur", <Holdings holdings={[holding]} today="2026-11-24" />);
    expect(screen.getByText("۱۴ دن پرانی")).toBeDefined();
  });

  it("keep all digits of a quantity, and say where a price is missing", () => {
    renderEnglish(<Holdings holdings={[{ ...holding, price: null, value: null, converted_value: null, unrealised_gain: null }]} today="2026-11-24" />);
    expect(screen.getByText("12.50000001")).toBeDefined();
    expect(screen.getByText("No price yet")).toBeDefined();
    expect(cells()[2]).toBe("$100.00");
  });
});
