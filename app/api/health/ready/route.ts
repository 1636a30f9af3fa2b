import { readiness } from "@/server/api/health";

export async function GET(): Promise<Response> {
  const ready = await readiness();
  return Response.json({ status: ready ? "ready" : "unavailable" }, { status: ready ? 200 : 503 });
}
