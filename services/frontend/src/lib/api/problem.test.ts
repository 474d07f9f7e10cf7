import { describe, expect, it } from "vitest";
import { readResult } from "@/lib/api/problem";
import { t } from "@/lib/i18n";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

function answer(status: number, body: string | object | null, type = "application/problem+json"): Response {
  return new Response(body === null || typeof body === "string" ? body : JSON.stringify(body), { status, headers: { "Content-Type": type } });
}

async function problemOf(response: Response) {
  const result = await readResult(response, TRACE);
  if (result.ok) throw new Error("expected a problem");
  return result.problem;
}

describe("readResult", () => {
  it("gives the data of a good answer, and nothing for one without a body", async () => {
    expect(await readResult(answer(200, { id: "a" }), TRACE)).toEqual({ ok: true, data: { id: "a" } });
    expect(await readResult(answer(200, "null"), TRACE)).toEqual({ ok: true, data: null });
    expect(await readResult(answer(204, null), TRACE)).toEqual({ ok: true, data: undefined });
  });

  it("passes on what the API says", async () => {
    const problem = await problemOf(answer(422, { code: "invalid", title: "Unprocessable", detail: "Amount is not a number." }));
    expect(problem).toEqual({ status: 422, code: "invalid", detail: "Amount is not a number.", traceId: TRACE });
  });

  it("falls back to the title, then to a sentence for the status", async () => {
    expect((await problemOf(answer(409, { title: "Conflict", detail: "  " }))).detail).toBe("Conflict");
    expect((await problemOf(answer(413, {}))).detail).toBe(t("problem.tooLarge"));
    expect((await problemOf(answer(429, { detail: 5 }))).detail).toBe(t("problem.tooMany"));
  });

  it.each([502, 503, 504])("reads the plain text of an Ingress without a backend (%i)", async (status) => {
    expect(await problemOf(answer(status, "no available server", "text/plain"))).toEqual({
      status,
      code: `http-${status}`,
      detail: t("problem.unavailable"),
      traceId: TRACE,
    });
  });

  it.each(["", "null", "[]", '"text"', "<html>"])("has a sentence for an error with the body %j", async (body) => {
    expect((await problemOf(answer(500, body))).detail).toBe(t("problem.unexpected"));
  });

  it("takes a good status with an unreadable body for a failure", async () => {
    expect((await problemOf(answer(200, "<html>", "text/html"))).code).toBe("http-200");
  });
});
