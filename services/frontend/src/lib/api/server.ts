import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { ApiError, readResult, type Result, unreachable } from "@/lib/api/problem";
import type { Profile } from "@/lib/api/schema";
import { resumePath } from "@/lib/return-path";
import { log } from "@/lib/server/log";
import { formatTraceparent, startSpan } from "@/lib/trace";

const DEFAULT_BACKEND = "http://backend:8000";
const TIMEOUT_MS = 5_000;

type Query = Record<string, string | undefined>;

async function get<T>(path: string, query: Query): Promise<Result<T>> {
  const incoming = await headers();
  const span = startSpan(incoming.get("traceparent"));
  // The backend counts requests by the visitor's address, which the ingress has put last.
  const forwarded = incoming.get("x-forwarded-for");
  const url = new URL(`/api/v1${path}`, process.env.BACKEND_URL ?? DEFAULT_BACKEND);
  for (const [name, value] of Object.entries(query)) if (value) url.searchParams.set(name, value);
  try {
    const response = await fetch(url, {
      cache: "no-store",
      headers: {
        Accept: "application/json",
        Cookie: (await cookies()).toString(),
        traceparent: formatTraceparent(span),
        ...(forwarded && { "X-Forwarded-For": forwarded }),
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const result = await readResult<T>(response, span.traceId);
    if (!result.ok && result.problem.status >= 500) {
      log("warning", "backend answered with an error", span, { path, status: result.problem.status, code: result.problem.code });
    }
    return result;
  } catch (error) {
    log("warning", "backend unreachable", span, { path, error: String(error) });
    return { ok: false, problem: unreachable(span.traceId) };
  }
}

/** Reads from the backend for a page; an ended session is renewed, or signed in to again, on the way back to `returnTo`; other problems are thrown. */
export async function load<T>(returnTo: string, path: string, query: Query = {}): Promise<T> {
  const result = await get<T>(path, query);
  if (result.ok) return result.data;
  if (result.problem.status === 401) redirect(resumePath(returnTo) as never);
  throw new ApiError(result.problem);
}

/** For what a page can do without: nothing where it can't be had. */
export async function glance<T>(path: string, query: Query = {}): Promise<T | undefined> {
  const result = await get<T>(path, query);
  return result.ok ? result.data : undefined;
}

/** The signed-in user, read once per page; a page does without the name when the backend is down. */
export const currentUser = cache((): Promise<Profile | undefined> => glance<Profile>("/auth/me"));
