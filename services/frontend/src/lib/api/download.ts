import { refreshSession } from "@/lib/api/browser";
import { readResult, type Result, unreachable } from "@/lib/api/problem";
import { signInAgainPath } from "@/lib/return-path";
import { formatTraceparent, startSpan } from "@/lib/trace";

export interface Download {
  name: string;
  content: Blob;
}

/** Reads a file from the API, so that a refusal can be told beside the button; `onProgress` hears how many bytes there are so far. */
export async function download(path: string, onProgress: (bytes: number) => void): Promise<Result<Download>> {
  const span = startSpan();
  const ask = () => fetch(`/api/v1${path}`, { headers: { traceparent: formatTraceparent(span) } });
  try {
    let response = await ask();
    if (response.status === 401) {
      const refreshed = await refreshSession();
      if (refreshed.ok) response = await ask();
      else if (refreshed.problem.status !== 401) return refreshed;
    }
    if (response.status === 401) window.location.assign(signInAgainPath(window.location.pathname));
    if (!response.ok) return await readResult<Download>(response, span.traceId);
    const parts: BlobPart[] = [];
    let bytes = 0;
    const reader = response.body!.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      parts.push(read.value);
      onProgress((bytes += read.value.byteLength));
    }
    const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "download";
    return { ok: true, data: { name, content: new Blob(parts) }, etag: undefined };
  } catch {
    return { ok: false, problem: unreachable(span.traceId) };
  }
}

/** Gives it to the person as a file. */
export function save({ name, content }: Download): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
