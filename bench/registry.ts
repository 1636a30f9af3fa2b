import { eq } from "drizzle-orm";
import { z } from "zod";
import { user } from "@/drizzle/control/schema/people";
import { userId } from "@/server/kernel/ids";
import type { UserContext } from "@/server/kernel/context";
import { apiClient, type ApiClient } from "./api-client";
import { openControlPlane, type ControlPlane } from "./control-plane";
import { judge, summarize, type Result } from "./measure";
import { registryCases, type Case } from "./registry-cases";
import { seedRegistry, type Cast } from "./registry-seed";
import { statementsOf } from "./statements";

const limitMs = 100;
const rounds = 20;
const shown = 12;

const Page = z.object({ next: z.string().nullable() });

interface Measured {
  case: string;
  p50: number;
  p95: number;
  /** The same SQL through the client alone: so long the event loop stands still. */
  sql_p50: number;
  round_trips: number;
}

/** Every list of the console over a registry of a hundred thousand environments, at the server. */
export async function run(): Promise<Result> {
  const plane = await openControlPlane();
  const started = performance.now();
  const cast = await seedRegistry(plane.db);
  const seeding = (performance.now() - started) / 1000;
  const clients = await clientsOf(plane, cast);
  const measured: Measured[] = [];
  for (const one of registryCases(cast)) measured.push(await measure(plane, clients[one.as], one));
  await plane.end();
  const slowest = measured.toSorted((a, b) => b.p95 - a.p95);
  const value = slowest[0]?.p95 ?? Number.NaN;
  return judge({
    metric: "slowest list p95 (ms)",
    value,
    limit: limitMs,
    conditions: {
      lists: measured.length,
      rounds,
      seeding_seconds: seeding,
      slowest: slowest.slice(0, shown),
    },
  });
}

async function clientsOf(plane: ControlPlane, cast: Cast): Promise<Record<Case["as"], ApiClient>> {
  const client = async (id: string) => apiClient(await personOf(plane, id));
  return {
    operator: await client(cast.operator),
    owner: await client(cast.owner),
    plain: await client(cast.plain),
    nomad: await client(cast.nomad),
  };
}

async function personOf(plane: ControlPlane, id: string): Promise<UserContext> {
  const [row] = await plane.db.select().from(user).where(eq(user.id, id));
  if (!row) throw new Error("The seed has lost a person.");
  const { name, email, role } = row;
  return {
    ...plane.owner,
    actor: { kind: "user", id, label: email },
    user: { id: userId(id), name, email, emailVerified: true, isOperator: role === "operator" },
  };
}

async function measure(plane: ControlPlane, client: ApiClient, one: Case): Promise<Measured> {
  const input = await deepInput(client, one);
  const call = () => client.query(one.path, input);
  await call();
  const statements = await statementsOf(plane.db, call);
  const whole: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    whole.push(await timed(call));
    bare.push(await timed(() => plane.db.$client.batch(statements, "read")));
  }
  const { p50, p95 } = summarize(whole);
  const { organization: _, ...told } = one.input;
  return {
    case: `${one.as} ${one.path} ${JSON.stringify(told)}${one.deep ? " deep" : ""}`,
    p50,
    p95,
    sql_p50: summarize(bare).p50,
    round_trips: client.roundTrips(),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function deepInput(client: ApiClient, one: Case): Promise<Record<string, unknown>> {
  let cursor: string | null = null;
  for (let leaf = one.deep ?? 0; leaf > 0; leaf--) {
    const answer = Page.parse(
      await client.query(one.path, { ...one.input, ...(cursor === null ? {} : { cursor }) }),
    );
    if (answer.next === null) break;
    cursor = answer.next;
  }
  return cursor === null ? one.input : { ...one.input, cursor };
}
