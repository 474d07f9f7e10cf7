export const dynamic = "force-dynamic";

/** Says that this process serves. It never asks the backend: the pages work, and say so, while that is down. */
export function GET() {
  return Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
}
