/** Why a call failed: a problem of the API (RFC 9457), or status 0 when no answer came at all. */
export interface Problem {
  status: number;
  code: string;
  /** What the API says of it, in English; none where it was not the API that answered. */
  detail: string | undefined;
  /** What is wrong with each value, by its name in the body. */
  errors: readonly { field: string; message: string }[];
  retryAfterS: number | undefined;
  traceId: string;
}

/** `etag` names the state of the row that was read or written; see `If-Match` in the API's description. */
export type Result<T> = { ok: true; data: T; etag: string | undefined } | { ok: false; problem: Problem };

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.code);
    this.name = "ApiError";
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() ? value : undefined;
}

export function unreachable(traceId: string): Problem {
  return { status: 0, code: "unreachable", detail: undefined, errors: [], retryAfterS: undefined, traceId };
}

export async function readResult<T>(response: Response, traceId: string): Promise<Result<T>> {
  const etag = response.headers.get("ETag") ?? undefined;
  if (response.status === 204) return { ok: true, data: undefined as T, etag };
  // An Ingress without a backend answers in plain text, so a body that isn't JSON is expected here.
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return { ok: true, data: body as T, etag };
  return { ok: false, problem: readProblem(response, (body ?? {}) as Record<string, unknown>, traceId) };
}

export function readProblem({ status, headers }: Pick<Response, "status" | "headers">, body: Record<string, unknown>, traceId: string): Problem {
  const errors = Array.isArray(body.errors) ? (body.errors as Record<string, unknown>[]) : [];
  return {
    status,
    code: text(body.code) ?? `http-${status}`,
    detail: text(body.detail) ?? text(body.title),
    errors: errors.map(({ field, message }) => ({ field: text(field) ?? "", message: text(message) ?? "" })),
    retryAfterS: Number(headers.get("Retry-After")) || undefined,
    traceId,
  };
}
