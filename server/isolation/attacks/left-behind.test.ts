import { expect, test, vi } from "vitest";
import {
  canaries,
  fencedTenants,
  loginOf,
  snapshot,
  withFencedDatabases,
} from "@/server/testing/fenced-databases";
import { prove, type ConnectAs } from "./prove";
import { readShapes, readSurroundings } from "./shapes";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const { build, connectAs } = withFencedDatabases();
const [anna, berta] = fencedTenants;

const fixedTenant = `create or replace function app.tenant() returns uuid stable language sql as
  $$ select nullif(current_setting('app.fixed', true), '')::uuid $$;`;

/** Connections that tenants hand on to each other, cleaned after statements that need it. */
async function handOn(
  database: string,
  isDirty: (statement: string) => boolean = () => false,
): Promise<ConnectAs> {
  const client = await connectAs(database, loginOf(anna));
  // Two borrowers at a time, so that the second does not wait: one connection for each, handed on uncleaned.
  const idle = [client, await connectAs(database, loginOf(berta))];
  return async (tenant) => {
    const mine = idle.shift() ?? (await connectAs(database, loginOf(anna)));
    await mine.query("begin");
    await mine.query("select set_config('app.fixed', $1, true)", [tenant]);
    let cleaning = "select 1";
    return {
      query(text) {
        if (isDirty(text)) cleaning = "discard all";
        return mine.query<Record<string, unknown>>(text);
      },
      notices: () => [],
      async release(ending) {
        await mine.query(ending);
        await mine.query(cleaning);
        idle.unshift(mine);
      },
    };
  };
}

test("what one tenant leaves on a shared connection is found by the next", async () => {
  const { admin, database } = await build(fixedTenant);
  const shapes = await readShapes(admin, "tenant_id");
  const proof = await prove(await handOn(database), {
    shapes,
    surroundings: { functions: [], sequences: [] },
    canaries,
    attempts: 2000,
    seed: "s",
  });
  expect(proof.verdict).toBe("broken");
  expect(proof.kinds.session?.breaches).toBeGreaterThan(0);
});

test("what a function sets is found by the next tenant, and what a function writes is taken back", async () => {
  const { admin, database } = await build(
    `${fixedTenant}
     create function school.shorten() returns void language plpgsql as $$ begin execute 'set statement_timeout = 765432'; end $$;
     create function school.enrol() returns void language sql as 'insert into school.schools (id) values (gen_random_uuid())'`,
  );
  const shapes = (await readShapes(admin, "tenant_id")).filter(({ name }) => name === "students");
  const surroundings = await readSurroundings(admin, shapes);
  const before = await snapshot(admin);
  // A statement can be told by its text, and what a function does cannot.
  const connect = await handOn(
    database,
    (text) => !/^(?:savepoint|select school\.|select pg_current_xact_id)/.test(text),
  );
  const proof = await prove(connect, { shapes, surroundings, canaries, attempts: 1100, seed: "s" });
  expect(proof.breaches.map(({ statements }) => statements)).toEqual([["select school.shorten()"]]);
  expect(await snapshot(admin)).toEqual(before);
});
