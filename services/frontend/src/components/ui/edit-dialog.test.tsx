// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { EditDialog } from "@/components/ui/edit-dialog";
import { TextField } from "@/components/ui/field";
import { field } from "@/lib/use-submit";
import { renderEnglish } from "@/test/languages";

const fetchApi = vi.fn<typeof fetch>();
const onSaved = vi.fn();

function answer(name: string, etag: string): Response {
  return Response.json({ name }, { headers: { ETag: etag } });
}

beforeEach(() => {
  // jsdom knows no dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  fetchApi.mockReset();
  onSaved.mockReset();
  vi.stubGlobal("fetch", fetchApi);
  fetchApi.mockResolvedValueOnce(answer("Old", '"1"'));
  renderEnglish(
    <EditDialog<{ name: string }>
      title="Rename"
      path="/things/1"
      read={(values) => ({ name: field(values, "name") })}
      onSaved={onSaved}
      onClose={vi.fn()}
    >
      {(row) => <TextField label="Name" name="name" defaultValue={row.name} />}
    </EditDialog>,
  );
});

async function rename(name: string) {
  fireEvent.change(await screen.findByLabelText("Name"), { target: { value: name } });
  fireEvent.click(screen.getByRole("button", { name: "Save" }));
}

function sent(): { ifMatch: string | undefined; body: unknown } {
  const init = fetchApi.mock.lastCall![1]!;
  return { ifMatch: (init.headers as Record<string, string>)["If-Match"], body: JSON.parse(String(init.body)) };
}

describe("an edit", () => {
  it("is of the state that was opened", async () => {
    fetchApi.mockResolvedValueOnce(answer("Mine", '"2"'));
    await rename("Mine");
    await waitFor(() => expect(onSaved).toHaveBeenCalledExactlyOnceWith({ name: "Mine" }));
    expect(sent()).toEqual({ ifMatch: '"1"', body: { name: "Mine" } });
  });

  it("asks before it overwrites what was saved elsewhere, and keeps what was typed", async () => {
    fetchApi.mockResolvedValueOnce(Response.json({ code: "changed" }, { status: 412 }));
    await rename("Mine");
    expect((await screen.findByRole("alert")).textContent).toContain("Nothing of yours was saved yet");
    expect(onSaved).not.toHaveBeenCalled();
    expect((screen.getByLabelText("Name") as HTMLInputElement).value).toBe("Mine");
    fetchApi.mockResolvedValueOnce(answer("Theirs", '"2"')).mockResolvedValueOnce(answer("Mine", '"3"'));
    fireEvent.click(screen.getByRole("button", { name: "Save mine anyway" }));
    await waitFor(() => expect(onSaved).toHaveBeenCalledExactlyOnceWith({ name: "Mine" }));
    expect(sent()).toEqual({ ifMatch: '"2"', body: { name: "Mine" } });
  });

  it("can take what is there now instead", async () => {
    fetchApi.mockResolvedValueOnce(Response.json({ code: "changed" }, { status: 412 }));
    await rename("Mine");
    fetchApi.mockResolvedValueOnce(answer("Theirs", '"2"'));
    fireEvent.click(await screen.findByRole("button", { name: "Show what is there now" }));
    await waitFor(() => expect((screen.getByLabelText("Name") as HTMLInputElement).value).toBe("Theirs"));
  });
});
