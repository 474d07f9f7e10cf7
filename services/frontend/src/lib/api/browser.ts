import { readResult, type Result, unreachable } from "@/lib/api/problem";
import type { Profile } from "@/lib/api/schema";
import { signInAgainPath } from "@/lib/return-path";
import { formatTraceparent, startSpan } from "@/lib/trace";

export const BASE = "/api/v1";
const TIMEOUT_MS = 30_000;

export interface CallOptions {
  /** Only if the row is still in this state: 412 if it isn't. */
  etag?: string | undefined;
  /** Makes a write safe to be sent again when its answer was lost. */
  idempotencyKey?: string;
  timeoutMs?: number;
}

/** Calls the API from the browser: always the same origin, the session travels in an httpOnly cookie that scripts can't read. */
async function call<T>(method: string, path: string, body?: FormData | object, options: CallOptions = {}): Promise<Result<T>> {
  const { etag, idempotencyKey, timeoutMs = TIMEOUT_MS } = options;
  const span = startSpan();
  const headers: Record<string, string> = { Accept: "application/json", traceparent: formatTraceparent(span) };
  if (etag) headers["If-Match"] = etag;
  if (idempotencyKey) headers["Idempotency-Key"] = idempotencyKey;
  const init: RequestInit = { method, headers, signal: AbortSignal.timeout(timeoutMs) };
  if (body instanceof FormData || body instanceof Blob) {
    init.body = body;
  } else if (body) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(body);
  }
  try {
    return await readResult<T>(await fetch(BASE + path, init), span.traceId);
  } catch {
    return { ok: false, problem: unreachable(span.traceId) };
  }
}

let refreshing: Promise<Result<Profile>> | undefined;

/** Exchanges the refresh token for new cookies; calls that need it at the same time share one exchange. */
export function refreshSession(): Promise<Result<Profile>> {
  refreshing ??= call<Profile>("POST", "/auth/refresh").finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

/** For pages behind the sign-in: renews what has run out; an ended session leads to sign-in and back here. */
export async function signedIn<T>(send: () => Promise<Result<T>>): Promise<Result<T>> {
  let result = await send();
  if (result.ok || result.problem.status !== 401) return result;
  const refreshed = await refreshSession();
  if (refreshed.ok) result = await send();
  else if (refreshed.problem.status !== 401) return refreshed;
  if (!result.ok && result.problem.status === 401) {
    window.location.assign(signInAgainPath(window.location.pathname + window.location.search));
  }
  return result;
}

function callSignedIn<T>(...parameters: Parameters<typeof call>): Promise<Result<T>> {
  return signedIn(() => call<T>(...parameters));
}

export const publicApi = {
  post: <T>(path: string, body?: object) => call<T>("POST", path, body),
};

export const api = {
  get: <T>(path: string, options?: CallOptions) => callSignedIn<T>("GET", path, undefined, options),
  post: <T>(path: string, body?: FormData | object, options?: CallOptions) => callSignedIn<T>("POST", path, body, options),
  put: <T>(path: string, body: object, options?: CallOptions) => callSignedIn<T>("PUT", path, body, options),
  patch: <T>(path: string, body: object, options?: CallOptions) => callSignedIn<T>("PATCH", path, body, options),
  delete: (path: string, body?: object, options?: CallOptions) => callSignedIn<undefined>("DELETE", path, body, options),
};
