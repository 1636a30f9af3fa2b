import "@/server/testing/door-settings";
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import { rotateCredential } from "@/server/domain/credentials/rotate";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import type { EnvironmentContext } from "@/server/kernel/context";
import { createHomes, placements, students, type Homes } from "@/server/testing/homes";
import { withPostgres } from "@/server/testing/postgres";
import { createDoorWorld } from "@/server/testing/door-world";
import { ControlPlaneStore } from "../stores/control-plane-store";
import { Connections, type ConnectionsOptions } from "./connections";
import type { TenantDatabase } from "./tenant-database";

const postgres = withPostgres();
let world: Awaited<ReturnType<typeof createDoorWorld>>;
let homes: Homes;
let key = "";
let store: ControlPlaneStore;
let connections: Connections;

beforeAll(async () => {
  world = await createDoorWorld();
  homes = await createHomes(world, postgres.adminUrl());
  ({ key } = await world.service("Schools"));
}, 120_000);
afterAll(() => world.end());

function connect(options: ConnectionsOptions = {}): Connections {
  store = new ControlPlaneStore({ url: world.door.url, key });
  return new Connections(store, { searchPath: ["students"], ...options });
}
beforeEach(() => {
  connections = connect();
});
afterEach(async () => {
  await connections.close({ drainMs: 0 });
  await store.close();
});

let next = 0;
const student = (number = `n-${next++}`) => ({
  sql: "INSERT INTO students (id, local_number, first_name, last_name) VALUES ($1, $2, $3, $4)",
  values: [crypto.randomUUID(), number, "Ada", "O'Neil $1 ?2"],
});
const add = (database: TenantDatabase, given = student()) => database.query(given.sql, given.values);
const count = async (database: TenantDatabase) => {
  const [row] = await database.query<{ n: number }>("SELECT CAST(count(*) AS integer) AS n FROM students");
  return row?.n;
};
const never = new Promise<never>(() => {});

describe.for(placements)("a tenant in %s", (placement) => {
  let here: EnvironmentContext;
  let id = "";
  beforeAll(async () => {
    here = await homes.onboard(placement);
    ({ id } = here.environment);
  }, 60_000);

  test("reads and writes its own rows in one SQL, and nobody else's", async () => {
    const other = await homes.onboard(placement);
    await connections.withDatabase(id, async (database) => {
      await add(database);
      const rows = await database.query("SELECT last_name FROM students WHERE last_name = $1", [
        "O'Neil $1 ?2",
      ]);
      expect(rows).toEqual([{ last_name: "O'Neil $1 ?2" }]);
    });
    expect(await connections.withDatabase(other.environment.id, count)).toBe(0);
    expect(await connections.withDatabase(id, count)).toBe(1);
  });

  test("takes a null for a value", async () => {
    const sql = "SELECT CAST($1 AS text) AS absent, CAST($2 AS text) AS present";
    const rows = await connections.withDatabase(id, async (database) => [
      await database.query(sql, [null, "x"]),
      ...(await database.batch([{ sql, values: [null, "x"] }])),
    ]);
    const row = { absent: null, present: "x" };
    expect(rows).toEqual([[row], [row]]);
  });

  test("several statements happen together or not at all", async () => {
    const before = await connections.withDatabase(id, count);
    const twice = student("twice");
    await expect(
      connections.withDatabase(id, (database) => database.batch([student(), twice, twice])),
    ).rejects.toThrow(/unique/i);
    expect(await connections.withDatabase(id, count)).toBe(before);
    const results = await connections.withDatabase(id, (database) =>
      database.batch([student(), { sql: "SELECT CAST(count(*) AS integer) AS n FROM students" }]),
    );
    expect(results[1]).toEqual([{ n: (before ?? 0) + 1 }]);
  });

  test("is only read when that is all that was asked for", async () => {
    const reading = { readOnly: true };
    expect(await connections.withDatabase(id, count, reading)).toEqual(expect.any(Number));
    const before = await connections.withDatabase(id, count);
    await expect(connections.withDatabase(id, (database) => add(database), reading)).rejects.toThrow(
      /read.?only/i,
    );
    await expect(
      connections.withDatabase(id, (database) => database.batch([student()]), reading),
    ).rejects.toThrow(/read.?only/i);
    expect(await connections.withDatabase(id, count)).toBe(before);
  });

  test("needs the release that the service was written for", async () => {
    const since = (version: string) => ({ minSchema: { package: students, version } });
    expect(await connections.withDatabase(id, count, since("1.1.0"))).toEqual(expect.any(Number));
    const refused = { code: "schema_too_old", status: 503 };
    await expect(connections.withDatabase(id, count, since("1.2.0"))).rejects.toMatchObject(refused);
    const other = { minSchema: { package: "constructor", version: "0.0.1" } };
    await expect(connections.withDatabase(id, count, other)).rejects.toMatchObject(refused);
  });

  test("what is kept of a database ends with its turn", async () => {
    let kept: TenantDatabase | undefined;
    await connections.withDatabase(id, async (database) => void (kept = database));
    await expect(kept?.query("SELECT 1")).rejects.toThrow("turn is over");
    await expect(kept?.batch([student()])).rejects.toThrow("turn is over");
  });

  test("whoever gives up is let go at once, and leaves nothing behind", async () => {
    const giving = new AbortController();
    const before = await connections.withDatabase(id, count);
    const running = connections.withDatabase(
      id,
      async (database) => {
        if (database.driver === "postgres") {
          const client = await database.postgres().connect();
          await client.query("BEGIN");
          await client.query(student().sql, student().values);
        } else {
          const transaction = await database.libsql().transaction("write");
          const { sql } = student();
          await transaction.execute({ sql: sql.replaceAll(/\$\d/g, "?"), args: student().values });
        }
        giving.abort(new Error("Enough."));
        await never;
      },
      { signal: giving.signal },
    );
    await expect(running).rejects.toThrow("Enough.");
    expect(await connections.withDatabase(id, count)).toBe(before);
    expect(connections.figures().uses).toBe(0);
    await expect(connections.withDatabase(id, count, { signal: giving.signal })).rejects.toThrow("Enough.");
  });

  test("a rotation loses no request", async () => {
    const failures: unknown[] = [];
    let served = 0;
    let isOver = false;
    const asking = Promise.all(
      [1, 2, 3].map(async () => {
        while (!isOver)
          await connections
            .withDatabase(id, count)
            .then(() => (served += 1))
            .catch((error: unknown) => failures.push(error));
      }),
    );
    await vi.waitFor(() => expect(served).toBeGreaterThan(5), { timeout: 10_000 });
    const held = () =>
      world.db
        .select()
        .from(databaseCredential)
        .where(and(eq(databaseCredential.environmentId, id), eq(databaseCredential.audience, "services")));
    const [old] = await held();
    const rotation = { environment: id, credential: old?.id ?? "", overlapSeconds: 3 };
    await rotateCredential(await world.inEnvironment(homes.owner, id), rotation);
    await vi.waitFor(
      async () => expect((await held()).find((one) => one.id === old?.id)?.status).toBe("revoked"),
      { timeout: 25_000 },
    );
    const soFar = served;
    await vi.waitFor(() => expect(served).toBeGreaterThan(soFar + 5), { timeout: 10_000 });
    isOver = true;
    await asking;
    expect(failures).toEqual([]);
    expect((await store.connection(id)).credential.id).not.toBe(old?.id);
  }, 60_000);

  test("who is suspended loses what is under way, is refused, and is served again when resumed", async () => {
    const context = { tenant: id, authenticated: true };
    const began = Promise.withResolvers<void>();
    const running = connections
      .withDatabase(context, async (database) => {
        await count(database);
        began.resolve();
        await never;
      })
      .catch((error: unknown) => error);
    await began.promise;
    await suspendEnvironment(await world.inEnvironment(homes.owner, id), { environment: id, reason: "" });
    expect(await running).toMatchObject({ code: "tenant_inactive", status: 403 });
    await expect(connections.withDatabase(context, count)).rejects.toMatchObject({ code: "tenant_inactive" });
    expect(connections.figures().uses).toBe(0);
    await world.settle();
    await resumeEnvironment(await world.inEnvironment(homes.owner, id));
    await world.settle();
    await vi.waitFor(
      async () => expect(await connections.withDatabase(context, count)).toEqual(expect.any(Number)),
      { timeout: 10_000, interval: 50 },
    );
  }, 60_000);
});

test("a tenant whose storage is full hears of the limit", async () => {
  const { id } = (await homes.onboard("a file")).environment;
  await world.db
    .update(environmentDatabase)
    .set({ storageLimitMb: 1 })
    .where(eq(environmentDatabase.environmentId, id));
  const fill = () =>
    connections.withDatabase(id, async (database) => {
      const { sql, values } = student();
      for (let n = 0; n < 30; n++)
        await database.query(sql, [
          crypto.randomUUID(),
          crypto.randomUUID(),
          "x".repeat(100_000),
          values[3] ?? "",
        ]);
    });
  await expect(fill()).rejects.toMatchObject({ code: "limit", status: 429 });
});

test("whose request it is that nobody has proven gets no data", async () => {
  const { id } = (await homes.onboard("a file")).environment;
  // What a handler in plain JavaScript has when nobody resolved its request.
  await expect(Reflect.apply(connections.withDatabase, connections, [undefined, count])).rejects.toThrow(
    "No tenant: ",
  );
  await expect(connections.withDatabase({ tenant: id, authenticated: false }, count)).rejects.toMatchObject({
    code: "unauthenticated",
  });
});

test("a use with an option that there is not, or one that is no answer, gets no data", async () => {
  const { id } = (await homes.onboard("a file")).environment;
  for (const options of [{ readonly: true }, { readOnly: "yes" }])
    await expect(Reflect.apply(connections.withDatabase, connections, [id, count, options])).rejects.toThrow(
      /There is no option readonly|readOnly is true or false/,
    );
});

test("a tenant that there is not is not found, whatever its id looks like", async () => {
  for (const id of [crypto.randomUUID(), "../x", "", "__proto__"])
    await expect(connections.withDatabase(id, count)).rejects.toMatchObject({ code: "not_found" });
});

test("one tenant cannot take more than its share, and the others do not notice", async () => {
  await connections.close({ drainMs: 0 });
  await store.close();
  connections = connect({ usesPerTenant: 2, most: 1, waitMs: 100 });
  const [one, two] = [await homes.onboard("a file"), await homes.onboard("a file")];
  const done = Promise.withResolvers<void>();
  let begun = 0;
  const hold = () => {
    begun += 1;
    return done.promise;
  };
  const held = [1, 2].map(() => connections.withDatabase(one.environment.id, hold));
  await vi.waitFor(() => expect(begun).toBe(2), { timeout: 5_000 });
  await expect(connections.withDatabase(one.environment.id, count)).rejects.toMatchObject({ code: "limit" });
  // The only place for a handle is in use, and becomes free when its users are done.
  await expect(connections.withDatabase(two.environment.id, count)).rejects.toMatchObject({ code: "limit" });
  done.resolve();
  await Promise.all(held);
  expect(await connections.withDatabase(two.environment.id, count)).toBe(0);
  expect(connections.figures()).toEqual({ open: 1, uses: 0 });
});

test("a service that ends lets what runs come to its end, and takes no more", async () => {
  const { id } = (await homes.onboard("a file")).environment;
  const slow = Promise.withResolvers<string>();
  const running = connections.withDatabase(id, () => slow.promise);
  await vi.waitFor(() => expect(connections.figures().open).toBe(1), { timeout: 10_000 });
  const closing = connections.close();
  await expect(connections.withDatabase(id, count)).rejects.toMatchObject({ code: "unavailable" });
  slow.resolve("done");
  expect(await running).toBe("done");
  await closing;
  expect(connections.figures()).toEqual({ open: 0, uses: 0 });
});
