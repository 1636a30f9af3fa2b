import { handleTrpc } from "@/server/api/handler";
import { appRouter } from "@/server/api/root";
import { assembleCast, type Cast } from "@/server/testing/cast";
import { openConsole } from "@/server/testing/console";
import { inputs } from "@/server/testing/inputs";
import { callers, matrix, type Caller } from "@/server/testing/matrix";
import { judge, type Result } from "./measure";

const most = 2;

/** Every read of the API by everyone who may, asked twice; the second time is counted, as `Server-Timing` tells it. */
export async function run(): Promise<Result> {
  const open = await openConsole();
  const cast = await assembleCast(open);
  const counts: Record<string, number> = {};
  for (const path of Object.keys(appRouter._def.procedures)) {
    if (!(await isQuery(cast, path))) continue;
    for (const caller of callers.filter((one) => matrix[path]?.[one] === "ok")) {
      await roundTrips(cast, caller, path);
      counts[path] = Math.max(counts[path] ?? 0, await roundTrips(cast, caller, path));
    }
  }
  await open.end();
  const value = Math.max(...Object.values(counts));
  return judge({
    metric: "SQL round trips of a warm read, at most",
    value,
    limit: most,
    conditions: {
      reads: Object.keys(counts).length,
      by_count: Object.groupBy(Object.keys(counts), (path) => String(counts[path])),
    },
  });
}

async function read(cast: Cast, caller: Caller, path: string): Promise<Response> {
  const input = encodeURIComponent(JSON.stringify({ json: inputs[path]?.(cast.names) }));
  return handleTrpc(
    new Request(`http://localhost:3000/api/trpc/${path}?input=${input}`, { headers: cast.headers[caller] }),
  );
}

/** Mutations refuse to be read. */
async function isQuery(cast: Cast, path: string): Promise<boolean> {
  const response = await read(cast, "nobody", path);
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  await response.body?.cancel();
  return response.status !== 405 && !isStream;
}

async function roundTrips(cast: Cast, caller: Caller, path: string): Promise<number> {
  const response = await read(cast, caller, path);
  await response.text();
  return Number(/desc="(\d+)/.exec(response.headers.get("server-timing") ?? "")?.[1]);
}
