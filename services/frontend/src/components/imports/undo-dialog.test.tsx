// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { UndoDialog } from "@/components/imports/undo-dialog";
import { renderEnglish } from "@/test/languages";

const fetchApi = vi.fn<typeof fetch>();
const onDone = vi.fn();

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  fetchApi.mockReset();
  onDone.mockReset();
  vi.stubGlobal("fetch", fetchApi);
});

function found(changed: number, etag: string) {
  fetchApi.mockResolvedValueOnce(Response.json({ transactions: 12, changed, account_name: "Everyday" }, { headers: { ETag: etag } }));
}

function calls() {
  return fetchApi.mock.calls.map(([url, init]) => [init!.method, url, (init!.headers as Record<string, string>)["If-Match"]]);
}

describe("undoing an import", () => {
  it("says what would vanish and deletes just that", async () => {
    found(0, '"1"');
    renderEnglish(<UndoDialog id="i1" filename="may.csv" onDone={onDone} onClose={vi.fn()} />);
    await screen.findByText(/^12 transactions of Everyday will be deleted/);
    expect(screen.queryByRole("checkbox")).toBeNull();
    fetchApi.mockResolvedValueOnce(new Response(null, { status: 204 }));
    fireEvent.click(screen.getByRole("button", { name: "Undo the import" }));
    await waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(calls()).toEqual([["GET", "/api/v1/imports/i1", undefined], ["DELETE", "/api/v1/imports/i1", '"1"']]);
  });

  it("shows a refusal, looks again, and deletes changed ones only once that is asked for", async () => {
    found(0, '"1"');
    renderEnglish(<UndoDialog id="i1" filename="may.csv" onDone={onDone} onClose={vi.fn()} />);
    await screen.findByText(/will be deleted/);
    fetchApi.mockResolvedValueOnce(Response.json({ code: "import_changed", detail: "2 of them were changed since." }, { status: 409 }));
    found(2, '"2"');
    fireEvent.click(screen.getByRole("button", { name: "Undo the import" }));
    expect((await screen.findByRole("alert")).textContent).toContain("were changed since");
    expect(onDone).not.toHaveBeenCalled();
    fireEvent.click(await screen.findByLabelText("Also delete the 2 that were changed since"));
    fetchApi.mockResolvedValueOnce(new Response(null, { status: 204 }));
    fireEvent.click(screen.getByRole("button", { name: "Undo the import" }));
    await waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(calls().at(-1)).toEqual(["DELETE", "/api/v1/imports/i1?with_changes=true", '"2"']);
  });
});
