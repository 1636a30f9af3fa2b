import { describe, expect, test, vi } from "vitest";
import { canaries, loginOf, snapshot, withFencedDatabases } from "@/server/testing/fenced-databases";
import { attackKinds, type AttackKind } from "./attack";
import { attacksOn } from "./generate";
import type { FencedConnection } from "./outcome";
import { prove, type ConnectAs } from "./prove";
import { readShapes, readSurroundings } from "./shapes";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const { build, connectAs } = withFencedDatabases();

/** Keeps connections of each tenant, and cleans them between uses. */
function fence(database: string, cleaning = "discard all"): ConnectAs {
  const idle = new Map<string, FencedConnection[]>();
  return async (tenant) => {
    const kept = idle.get(tenant)?.pop();
    if (kept) {
      await kept.query("begin");
      return kept;
    }
    const client = await connectAs(database, loginOf(tenant));
    let said: string[] = [];
    client.on("notice", ({ message }) => said.push(message ?? ""));
    const connection: FencedConnection = {
      query: (text) => client.query<Record<string, unknown>>(text),
      notices() {
        const notices = said;
        said = [];
        return notices;
      },
      async release(ending) {
        await client.query(ending);
        await client.query(cleaning);
        idle.set(tenant, [...(idle.get(tenant) ?? []), connection]);
      },
    };
    await client.query("begin");
    return connection;
  };
}

async function attack(loosening: string | undefined, attempts: number, seed = "seed") {
  const { admin, database } = await build(loosening);
  const all = await readShapes(admin, "tenant_id");
  // What is loosened is one table; the other would only take time.
  const shapes = loosening === undefined ? all : all.filter(({ name }) => name === "students");
  const surroundings = await readSurroundings(admin, shapes);
  const before = await snapshot(admin);
  const proof = await prove(fence(database), { shapes, surroundings, canaries, attempts, seed });
  expect(await snapshot(admin)).toEqual(before);
  return proof;
}

test("a table is attacked in hundreds of ways, each with a name and a text of its own", async () => {
  const { admin } = await build();
  const shapes = await readShapes(admin, "tenant_id");
  const surroundings = await readSurroundings(admin, shapes);
  expect(surroundings).toEqual({ functions: ["school.total"], sequences: ["school.numbers"] });
  const students = shapes.find(({ name }) => name === "students")!;
  expect(students).toMatchObject({ key: '"id"', column: '"note"', references: ['"school_id"'] });
  const aim = {
    own: canaries[3]!,
    foreign: canaries[9]!,
    nobody: "00000000-0000-4000-8000-0000000000ff",
    foreignProof: "p",
  };
  const settings = { tenant: "app.current_tenant", proof: "app.tenant_proof" };
  const attacks = attacksOn(students, aim, { ...surroundings, settings });
  const texts = new Set(attacks.map(({ statements }) => statements.join(";")));
  expect(texts.size).toBeGreaterThan(700);
  expect(attacks.length - texts.size).toBeLessThan(20);
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length);
  expect(new Set(attacks.map(({ kind }) => kind))).toEqual(new Set(attackKinds));
  // What they look for, they never say.
  for (const { secret } of canaries) expect([...texts].join()).not.toContain(secret);
});

test("a fence that holds is broken by none of them, and every statement is one", async () => {
  const proof = await attack(undefined, 2200);
  expect(proof.breaches).toEqual([]);
  expect(proof).toMatchObject({ verdict: "holds", problem: "", attempts: 2200 });
  const voided = Object.entries(proof.kinds).filter(([, tally]) => tally.void > 0);
  expect(voided).toEqual([]);
  expect(Object.keys(proof.kinds).toSorted()).toEqual([...attackKinds].toSorted());
});

const loosened: [string, string, AttackKind[]][] = [
  [
    "row level security off",
    "alter table school.students disable row level security",
    ["select", "update", "delete", "merge", "cursor"],
  ],
  [
    "no restrictive guard",
    "drop policy fence on school.students",
    ["select", "insert", "lock", "code-block"],
  ],
  [
    "an update that checks nothing",
    `drop policy fence on school.students; drop policy base on school.students; grant update on school.students to pool_app;
     create policy own on school.students using (tenant_id = app.tenant()) with check (tenant_id = app.tenant());
     create policy moves on school.students for update using (tenant_id = app.tenant()) with check (true)`,
    ["update"],
  ],
  ["truncate granted", "grant truncate on school.students to pool_app", ["ddl"]],
  [
    "a view of the owner",
    "create view school.leak as select * from school.students; grant select on school.leak to pool_app",
    ["path"],
  ],
  [
    "the tenant from a setting",
    `create or replace function app.tenant() returns uuid stable language sql as $$
       select coalesce(nullif(current_setting('app.current_tenant', true), '')::uuid, substr(session_user, 3)::uuid) $$`,
    ["context"],
  ],
  ["a key of all tenants", "create unique index on school.students (id)", ["oracle"]],
  [
    "a foreign key of all tenants",
    "create unique index on school.schools (id); alter table school.students drop constraint students_tenant_id_school_id_fkey, add foreign key (school_id) references school.schools (id)",
    ["oracle"],
  ],
  [
    "a definer function",
    "create function school.everything() returns text security definer language sql as 'select string_agg(s::text, '''') from school.students s'",
    ["path"],
  ],
  ["statistics for all", "grant select on pg_statistic to pool_app; analyze school.students", ["catalog"]],
  [
    "a function that lies about leaking",
    `create function school.peek(text) returns boolean leakproof cost 0.0001 language plpgsql as $$ begin raise notice '%', $1; return true; end $$;
     create view school.peeks with (security_invoker = true) as select * from school.students where school.peek(note); grant select on school.peeks to pool_app; analyze school.students`,
    ["path"],
  ],
];

describe("a fence that is loosened is seen through", () => {
  test.each(loosened)("%s", async (_, loosening, kinds) => {
    const proof = await attack(loosening, 1100);
    expect(proof.verdict).toBe("broken");
    const broken = Object.entries(proof.kinds).filter(([, tally]) => tally.breaches > 0);
    expect(broken.map(([kind]) => kind)).toEqual(expect.arrayContaining(kinds));
  });
});

test("the same seed makes the same choices, another one others", async () => {
  const loose = "drop policy fence on school.students";
  const [one, again, other] = [
    await attack(loose, 120, "x"),
    await attack(loose, 120, "x"),
    await attack(loose, 120, "y"),
  ];
  expect(again).toEqual(one);
  expect(other.breaches.map(({ name }) => name)).not.toEqual(one.breaches.map(({ name }) => name));
});

test("a proof that would prove nothing says so", async () => {
  const { admin, database } = await build();
  const shapes = await readShapes(admin, "tenant_id");
  const options = {
    shapes,
    surroundings: { functions: [], sequences: [] },
    canaries,
    attempts: 10,
    seed: "s",
  };
  const connect = fence(database);
  expect(await prove(connect, { ...options, shapes: [] })).toMatchObject({ verdict: "unknown", attempts: 0 });
  expect(await prove(connect, { ...options, canaries: canaries.slice(0, 6) })).toMatchObject({
    verdict: "unknown",
    problem: expect.stringContaining("fewer than two tenants"),
  });
  await admin.query("revoke select on school.students from pool_app");
  expect(await prove(connect, options)).toMatchObject({
    verdict: "unknown",
    problem: expect.stringContaining("does not see its own canary"),
  });
});

test("a connection that is lost in the middle is no proof", async () => {
  const { admin, database } = await build();
  const shapes = await readShapes(admin, "tenant_id");
  let uses = 0;
  const whole = fence(database);
  const connect: ConnectAs = async (tenant) => {
    if (uses++ === 40)
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename like 't\\_%' and datname = '${database}'`,
      );
    return whole(tenant);
  };
  const proof = await prove(connect, {
    shapes,
    surroundings: { functions: [], sequences: [] },
    canaries,
    attempts: 200,
    seed: "s",
  });
  expect(proof).toMatchObject({
    verdict: "unknown",
    problem: expect.stringMatching(/^It ended after \d+ attempts: /),
  });
});
