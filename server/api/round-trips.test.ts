import { afterAll, beforeAll, expect, test } from "vitest";
import { assembleCast, type Cast } from "@/server/testing/cast";
import { openConsole, type Console } from "@/server/testing/console";
import { inputs } from "@/server/testing/inputs";
import { callers, matrix, type Caller } from "@/server/testing/matrix";
import { handleTrpc } from "./handler";
import { appRouter } from "./root";

const queries = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
)
  .filter(([, { _def }]) => _def.type === "query")
  .map(([path]) => path);

let console: Console;
let cast: Cast;

beforeAll(async () => {
  console = await openConsole();
  cast = await assembleCast(console);
}, 60_000);
afterAll(() => console.end());

async function read(caller: Caller, path: string): Promise<{ status: number; roundTrips: number }> {
  const input = JSON.stringify({ json: inputs[path]?.(cast.names) });
  const url = `http://localhost:3000/api/trpc/${path}?input=${encodeURIComponent(input)}`;
  const response = await handleTrpc(new Request(url, { headers: cast.headers[caller] }));
  return {
    status: response.status,
    roundTrips: Number(/desc="(\d+)/.exec(response.headers.get("server-timing") ?? "")?.[1]),
  };
}

test.for(queries)("%s costs at most two round trips to the database", async (path) => {
  const served = callers.filter((one) => matrix[path]?.[one] === "ok");
  expect(served).not.toEqual([]);
  for (const caller of served) {
    // What is kept in memory is kept for moments, which a machine under load lets pass between two reads.
    const reads = [];
    for (let turn = 0; turn < 4; turn++) reads.push(await read(caller, path));
    expect(reads.map(({ status }) => ({ caller, status }))).toEqual(
      reads.map(() => ({ caller, status: 200 })),
    );
    expect(Math.min(...reads.map(({ roundTrips }) => roundTrips))).toBeLessThanOrEqual(2);
  }
});
