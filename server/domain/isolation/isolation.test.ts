import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { isolationFinding } from "@/drizzle/control/schema/isolation";
import { pool } from "@/drizzle/control/schema/pools";
import { verifyChain } from "@/server/audit/verify";
import { builtInClusters } from "@/server/domain/clusters/names";
import type { UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { createWorld, type World } from "@/server/testing/world";
import { listIsolationFindings } from "./list-findings";
import { listRuns } from "./list-runs";
import { poolVerdict, type Verdict } from "./names";
import { isolationOverview } from "./overview";
import { recordRun, type RecordedFinding } from "./record";
import { recordMended } from "./record-mended";
import { ListIsolationFindings, ListPools, ListRuns } from "./schema";

let world: World;
let operator: UserContext;
let ann: UserContext;
let minute = 0;

beforeAll(async () => {
  world = await createWorld();
  operator = await world.person("Operator", { isOperator: true });
  ann = await world.person("Ann");
});
afterAll(() => world.end());

async function addPool(slug = `pool-${newId().slice(-8)}`) {
  const id = newId();
  const now = new Date();
  await world.db.insert(pool).values({
    id,
    slug,
    name: slug,
    clusterId: builtInClusters.postgres,
    databaseName: slug,
    state: "active",
    createdAt: now,
    updatedAt: now,
  });
  return { id, slug };
}

const finding = (rule: string, object: string, severity: RecordedFinding["severity"] = "high") => ({
  rule,
  object,
  severity,
  problem: `${rule} is wrong`,
  why: "It matters.",
  mend: `MEND ${object};`,
});

const at = (n: number) => new Date(Date.UTC(2026, 5, 1, 0, n));
const times = (n = minute++) => ({ startedAt: at(n), finishedAt: at(n) });

const lintOf = (poolId: string, findings: RecordedFinding[] | null, more: object = {}) =>
  recordRun(operator, {
    poolId,
    kind: "lint",
    problem: "",
    checks: 57,
    findings,
    skipped: [],
    ...times(),
    ...more,
  });
const proofOf = (poolId: string, verdict: Verdict, breaches = 0) =>
  recordRun(operator, {
    poolId,
    kind: "proof",
    verdict,
    problem: "",
    checks: 10,
    seed: "s",
    detail: {
      kinds: { update: { attempts: 6, refused: 6, breaches }, cte: { attempts: 4, refused: 1, breaches: 0 } },
    },
    ...times(),
  });

const openOf = async (slug: string, more: object = {}) =>
  (await listIsolationFindings(operator, ListIsolationFindings.parse({ pool: slug, ...more }))).items;
const trailOf = async (id: string) =>
  (await world.db.select().from(auditEntry).where(eq(auditEntry.subjectId, id)).orderBy(auditEntry.seq)).map(
    ({ action, chain }) => `${chain} ${action}`,
  );

test("what is found again stays one finding, what is gone is closed, and comes back as another", async () => {
  const { id, slug } = await addPool();
  const [one, two] = [finding("rls-disabled", "a.t"), finding("no-policy", "a.t", "low")];
  await lintOf(id, [one, two]);
  const first = await openOf(slug);
  expect(first.map(({ rule }) => rule)).toEqual(["rls-disabled", "no-policy"]);
  await lintOf(id, [{ ...one, problem: "It got worse.", severity: "critical" }]);
  const [kept, ...none] = await openOf(slug);
  expect(none).toEqual([]);
  expect(kept).toMatchObject({ id: first[0]?.id, problem: "It got worse.", severity: "critical" });
  expect(kept?.firstSeenAt).toEqual(first[0]?.firstSeenAt);
  expect(kept?.lastSeenAt.getTime()).toBeGreaterThan(kept?.firstSeenAt.getTime() ?? Infinity);
  const closed = await openOf(slug, { state: "closed" });
  expect(closed).toMatchObject([{ rule: "no-policy", closedAt: kept?.lastSeenAt }]);
  await lintOf(id, [one, two]);
  expect((await openOf(slug)).map((row) => row.id)).not.toContain(closed[0]?.id);
});

test("the fleet's chain says when a pool breaks and when it holds again, once each", async () => {
  const { id } = await addPool();
  await lintOf(id, []);
  await lintOf(id, [finding("rls-disabled", "a.t")]);
  await lintOf(id, [finding("rls-disabled", "a.t"), finding("no-policy", "a.t")]);
  await proofOf(id, "broken", 2);
  await lintOf(id, []);
  expect(await trailOf(id)).toEqual(["fleet isolation.break"]);
  // Not knowing is no mending, and no breaking.
  await proofOf(id, "unknown");
  await lintOf(id, null, { problem: "The database does not answer." });
  expect(await trailOf(id)).toEqual(["fleet isolation.break"]);
  await proofOf(id, "holds");
  expect(await trailOf(id)).toEqual(["fleet isolation.break", "fleet isolation.mend"]);
  expect((await verifyChain(world.db, "fleet")).broken).toBeNull();
});

test("what was put right is a closed finding and a line in the trail, once an hour however often it comes", async () => {
  const { id, slug } = await addPool();
  const [one, two] = ["login_a", "login_b"].map((object) => ({
    rule: "login-changed",
    object,
    problem: `${object} was put back.`,
  }));
  const record = (n: number, ...mended: (typeof one)[]) =>
    recordMended(operator, { poolId: id, at: at(n), mended: mended.flatMap((some) => some ?? []) });
  for (let n = 1_000; n < 1_100; n += 10) await record(n, one);
  await record(1_100, one, two);
  const closed = async () => openOf(slug, { state: "closed" });
  expect(await closed()).toMatchObject([
    { object: "login_a", firstSeenAt: at(1_000), lastSeenAt: at(1_100), closedAt: at(1_100) },
    { object: "login_b", firstSeenAt: at(1_100) },
  ]);
  expect(await openOf(slug)).toEqual([]);
  expect(await trailOf(id)).toEqual(["fleet isolation.restore", "fleet isolation.restore"]);
  await record(1_161, one);
  expect(await closed()).toHaveLength(3);
  expect(await trailOf(id)).toHaveLength(3);
  // A lint that finds nothing leaves it as it is, and it breaks nothing.
  expect(await lintOf(id, [])).toMatchObject({ verdict: "holds" });
  expect(await closed()).toHaveLength(3);
});

test("a low finding breaks nothing", async () => {
  const { id, slug } = await addPool();
  expect(await lintOf(id, [finding("index-not-led", "a.i", "low")])).toMatchObject({ verdict: "holds" });
  expect(await openOf(slug)).toHaveLength(1);
  expect(await trailOf(id)).toEqual([]);
});

test("a lint that could not look, or a rule that could not run, closes nothing", async () => {
  const { id, slug } = await addPool();
  await lintOf(id, [finding("rls-disabled", "a.t"), finding("user-mapping", "PUBLIC at x")]);
  expect(await lintOf(id, null, { problem: "Away." })).toMatchObject({ verdict: "unknown" });
  expect(await openOf(slug)).toHaveLength(2);
  expect(await lintOf(id, [], { skipped: ["user-mapping"] })).toMatchObject({ verdict: "unknown" });
  expect((await openOf(slug)).map(({ rule }) => rule)).toEqual(["user-mapping"]);
});

test("a run that ended before the newest changes no finding", async () => {
  const { id, slug } = await addPool();
  const earlier = times();
  await lintOf(id, [finding("rls-disabled", "a.t")]);
  await lintOf(id, [], earlier);
  expect(await openOf(slug)).toHaveLength(1);
  const runs = await listRuns(operator, ListRuns.parse({ pool: slug }));
  expect(runs.items.map(({ verdict }) => verdict)).toEqual(["broken", "holds"]);
});

test("two runs at once leave one finding of each", async () => {
  const { id, slug } = await addPool();
  const same = times();
  const found = ["a", "b", "c"].map((name) => finding("rls-disabled", name));
  await Promise.all([
    lintOf(id, found, same),
    lintOf(id, found, same),
    lintOf(id, [...found, ...found], same),
  ]);
  expect(await openOf(slug)).toHaveLength(3);
  expect(await trailOf(id)).toEqual(["fleet isolation.break"]);
});

test("a pool that is gone takes no run, and takes its findings along", async () => {
  const { id } = await addPool();
  await lintOf(id, [finding("rls-disabled", "a.t")]);
  await world.db.delete(pool).where(eq(pool.id, id));
  await expect(lintOf(id, [])).rejects.toMatchObject({ code: "not_found" });
  expect(await world.db.select().from(isolationFinding).where(eq(isolationFinding.poolId, id))).toEqual([]);
});

const verdicts: [Verdict | null, Verdict | null, Verdict][] = [
  [null, null, "unknown"],
  ["holds", null, "unknown"],
  ["holds", "holds", "holds"],
  ["holds", "unknown", "unknown"],
  ["broken", "holds", "broken"],
  ["unknown", "broken", "broken"],
];

test.each(verdicts)("lint %s and proof %s make %s", (lint, proof, expected) => {
  expect(poolVerdict(lint, proof)).toBe(expected);
});

test("the overview has each pool with its newest runs, attempts by kind and open findings", async () => {
  const { id, slug } = await addPool("overview-pool");
  const empty = await isolationOverview(operator, ListPools.parse({ search: slug }));
  expect(empty.items).toMatchObject([{ verdict: "unknown", lint: null, proof: null, open: { critical: 0 } }]);
  await lintOf(id, []);
  await lintOf(id, [finding("rls-disabled", "a.t"), finding("x", "a.t", "low"), finding("y", "a.t", "low")]);
  await proofOf(id, "holds");
  const { items, total } = await isolationOverview(operator, ListPools.parse({ search: slug }));
  expect(total).toBe(1);
  expect(items).toMatchObject([
    {
      pool: { id, slug },
      verdict: "broken",
      lint: { verdict: "broken", checks: 57, kinds: [] },
      proof: {
        verdict: "holds",
        kinds: [
          { kind: "cte", attempts: 4, refused: 1, breaches: 0 },
          { kind: "update", attempts: 6, refused: 6, breaches: 0 },
        ],
      },
      open: { critical: 0, high: 1, medium: 0, low: 2 },
    },
  ]);
});

test("pages of findings are whole, the worst first, and searched as they are written", async () => {
  const { id, slug } = await addPool();
  const severities = ["low", "critical", "medium", "high"] as const;
  await lintOf(
    id,
    Array.from({ length: 23 }, (_, n) => finding("rule", `s."50%_${n}"`, severities[n % 4])),
  );
  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await listIsolationFindings(
      operator,
      ListIsolationFindings.parse({ pool: id, limit: 5, ...(cursor ? { cursor } : {}) }),
    );
    expect(page.total).toBe(23);
    seen.push(...page.items.map(({ severity, object }) => `${severity} ${object}`));
    cursor = page.next;
  } while (cursor);
  expect(new Set(seen).size).toBe(23);
  expect(seen.map((line) => line.split(" ")[0])).toEqual([
    ...Array.from({ length: 6 }, () => "critical"),
    ...Array.from({ length: 5 }, () => "high"),
    ...Array.from({ length: 6 }, () => "medium"),
    ...Array.from({ length: 6 }, () => "low"),
  ]);
  expect(await openOf(slug, { search: "50%_22" })).toHaveLength(1);
  expect(await openOf(slug, { search: "50x" })).toEqual([]);
  expect(await openOf(slug, { severity: "high" })).toHaveLength(5);
  expect(await listRuns(operator, ListRuns.parse({ pool: slug, kind: "proof" }))).toMatchObject({ total: 0 });
  await expect(openOf("no-such-pool")).rejects.toMatchObject({ code: "not_found", field: "pool" });
});

test("whoever is no operator finds nothing", async () => {
  const { slug } = await addPool();
  for (const read of [
    () => isolationOverview(ann, ListPools.parse({})),
    () => listIsolationFindings(ann, ListIsolationFindings.parse({ pool: slug })),
    () => listRuns(ann, ListRuns.parse({ pool: slug })),
  ])
    await expect(read()).rejects.toMatchObject({ code: "not_found" });
});
