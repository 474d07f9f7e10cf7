import { describe, expect, it } from "vitest";
import { readResult } from "@/lib/api/problem";
import { problemText } from "@/lib/api/problem-text";
import { english, urdu } from "@/test/languages";

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
    expect(await readResult(answer(200, { id: "a" }), TRACE)).toEqual({ ok: true, data: { id: "a" }, etag: undefined });
    expect(await readResult(answer(200, "null"), TRACE)).toEqual({ ok: true, data: null, etag: undefined });
    expect(await readResult(answer(204, null), TRACE)).toEqual({ ok: true, data: undefined, etag: undefined });
  });

  it("passes on what the API says", async () => {
    const errors = [{ field: "amount", message: "Not a number." }];
    const problem = await problemOf(answer(422, { code: "invalid", title: "Unprocessable", detail: "Amount is not a number.", errors }));
    expect(problem).toEqual({ status: 422, code: "invalid", detail: "Amount is not a number.", errors, retryAfterS: undefined, traceId: TRACE });
  });

  it("gives the state that a row is in", async () => {
    const response = new Response("{}", { headers: { ETag: '"1"' } });
    expect(await readResult(response, TRACE)).toEqual({ ok: true, data: {}, etag: '"1"' });
  });

  it("takes a good status with an unreadable body for a failure", async () => {
    expect((await problemOf(answer(200, "<html>", "text/html"))).code).toBe("http-200");
  });
});

describe("problemText", () => {
  it("takes the API's sentence, or its title", async () => {
    expect(problemText(english, await problemOf(answer(409, { title: "Conflict", detail: "  " })))).toBe("Conflict");
    expect(problemText(english, await problemOf(answer(422, { detail: "No." })))).toBe("No.");
  });

  it("has a sentence for the status where it doesn't read what the API says", async () => {
    expect(problemText(english, await problemOf(answer(413, {})))).toBe(english.t("problem.tooLarge"));
    expect(problemText(urdu, await problemOf(answer(409, { code: "never_heard_of", detail: "English." })))).toBe(urdu.t("problem.conflict"));
  });

  it("says how long to wait", async () => {
    const response = new Response("{}", { status: 429, headers: { "Retry-After": "7" } });
    expect(problemText(english, await problemOf(response))).toContain("7 seconds");
    expect(problemText(english, await problemOf(answer(429, { detail: 5 })))).toBe(english.t("problem.tooMany"));
  });

  it.each([502, 503, 504])("reads the plain text of an Ingress without a backend (%i)", async (status) => {
    const problem = await problemOf(answer(status, "no available server", "text/plain"));
    expect(problem).toMatchObject({ status, code: `http-${status}`, detail: undefined });
    expect(problemText(english, problem)).toBe(english.t("problem.unavailable"));
  });

  it.each(["", "null", "[]", '"text"', "<html>"])("has a sentence for an error with the body %j", async (body) => {
    expect(problemText(english, await problemOf(answer(500, body)))).toBe(english.t("problem.unexpected"));
  });
});
