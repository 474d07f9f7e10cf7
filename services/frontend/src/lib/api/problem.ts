import { t } from "@/lib/i18n";

/** Why a call failed: a problem of the API (RFC 9457), or status 0 when no answer came at all. */
export interface Problem {
  status: number;
  code: string;
  detail: string;
  traceId: string;
}

export type Result<T> = { ok: true; data: T } | { ok: false; problem: Problem };

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = "ApiError";
  }
}

function fallbackDetail(status: number): string {
  if (status === 401) return t("problem.signedOut");
  if (status === 409) return t("problem.conflict");
  if (status === 413) return t("problem.tooLarge");
  if (status === 422) return t("problem.invalid");
  if (status === 429) return t("problem.tooMany");
  if (status === 502 || status === 503 || status === 504) return t("problem.unavailable");
  return t("problem.unexpected");
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() ? value : undefined;
}

export function unreachable(traceId: string): Problem {
  return { status: 0, code: "unreachable", detail: t("problem.unreachable"), traceId };
}

export async function readResult<T>(response: Response, traceId: string): Promise<Result<T>> {
  if (response.status === 204) return { ok: true, data: undefined as T };
  // An Ingress without a backend answers in plain text, so a body that isn't JSON is expected here.
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return { ok: true, data: body as T };
  const { status } = response;
  const fields = (body ?? {}) as Record<string, unknown>;
  return {
    ok: false,
    problem: {
      status,
      code: text(fields.code) ?? `http-${status}`,
      detail: text(fields.detail) ?? text(fields.title) ?? fallbackDetail(status),
      traceId,
    },
  };
}
