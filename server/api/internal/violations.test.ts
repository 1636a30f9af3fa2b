import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { violation } from "@/drizzle/control/schema/tokens";
import { verifyChain } from "@/server/audit/verify";
import { ViolationDetail } from "@/server/domain/violations/schema";
import { settleViolations } from "@/server/domain/violations/settle";
import { revokeService } from "@/server/domain/services/revoke";
import { newId } from "@/server/kernel/ids";
import { code } from "@/server/testing/connect-answers";
import { asService, createServiceWorld, type ServiceWorld } from "@/server/testing/service-world";
import { handleViolations } from "./violations";

let world: ServiceWorld;
let orders: { id: string; key: string };
let minutes = 0;
/** Well inside a minute that no test has used, so that what one test reports is in one minute. */
const nextMinute = () => (Math.floor(start / 60_000) + ++minutes) * 60_000 + 10_000;
const start = Date.now();

beforeAll(async () => {
  world = await createServiceWorld();
  orders = await world.service("Orders");
}, 60_000);
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: nextMinute() }));
afterEach(() => vi.useRealTimers());
afterAll(() => world.end());

const hint = (source: string, tenant: string | null = null) => ({
  source,
  label: "X-Tenant-Id",
  saw: [tenant ?? ""],
  trusted: false,
  because: "10.0.0.9 is no trusted hop",
  verdict: "contradicts",
  tenant,
  reason: "It names another tenant.",
});
const explanation = (...sources: string[]) => ({
  policy: "strict",
  hints: sources.map((source) => hint(source)),
  outcome: { refused: "tenant_conflict", message: "Two hints name different tenants." },
});
const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000).toISOString();
const told = (tenant: string, more: object = {}) => ({
  tenant,
  code: "tenant_conflict",
  count: 1,
  first_at: at(0),
  last_at: at(1),
  explanation: explanation("token", "header"),
  ...more,
});

const send = (body: unknown, key = orders.key) =>
  handleViolations(
    asService(key, "/internal/violations", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
const report = async (...violations: object[]) => {
  const response = await send({ violations });
  expect(response.status).toBe(202);
  return response.json();
};

/** What was counted is told then. */
async function whenTheMinuteIsOver(most = 1000): Promise<void> {
  vi.setSystemTime(nextMinute());
  await settleViolations(world.db, most);
}

async function entriesOf(environmentId: string) {
  const rows = await world.db
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.environmentId, environmentId), eq(auditEntry.action, "tenant.violation")));
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as Record<string, unknown> }));
}

test("like ones of a minute are one entry on the tenant's own trail, with their number and the hints of the first", async () => {
  const { environment } = await world.activeEnvironment();
  await report(told(environment.id, { count: 3 }), told(environment.id, { count: 2, last_at: at(9) }));
  await report(told(environment.id, { count: 5, first_at: at(-7) }));
  expect(await entriesOf(environment.id)).toEqual([]);
  await whenTheMinuteIsOver();
  const entries = await entriesOf(environment.id);
  expect(ViolationDetail.safeParse(entries[0]?.detail).error).toBeUndefined();
  expect(entries).toMatchObject([
    {
      chain: world.acme.organization.id,
      actorKind: "service",
      actorId: orders.id,
      actorLabel: "Orders",
      subjectKind: "environment",
      subjectLabel: environment.name,
      detail: {
        code: "tenant_conflict",
        count: 10,
        firstAt: at(-7),
        lastAt: at(9),
        policy: "strict",
        hints: [hint("token"), hint("header")],
      },
    },
  ]);
  await whenTheMinuteIsOver();
  expect(await entriesOf(environment.id)).toHaveLength(1);
  expect(await verifyChain(world.db, world.acme.organization.id)).toMatchObject({ broken: null });
});

test("another code, other sources and another service are told apart; the same sources in another order are not", async () => {
  const { environment } = await world.activeEnvironment();
  const { key } = await world.service("Billing");
  await report(
    told(environment.id),
    told(environment.id, { explanation: explanation("header", "token") }),
    told(environment.id, { explanation: explanation("host", "token") }),
    told(environment.id, { code: "tenant_inactive" }),
  );
  await send({ violations: [told(environment.id)] }, key);
  await whenTheMinuteIsOver();
  const counts = (await entriesOf(environment.id)).map(({ detail }) => Number(detail["count"]));
  expect(counts.toSorted((a, b) => a - b)).toEqual([1, 1, 1, 2]);
});

test("fifty reports at once lose none", async () => {
  const { environment } = await world.activeEnvironment();
  await Promise.all(Array.from({ length: 50 }, () => report(told(environment.id, { count: 2 }))));
  await whenTheMinuteIsOver();
  const entries = await entriesOf(environment.id);
  expect(entries.reduce((sum, { detail }) => sum + Number(detail["count"]), 0)).toBe(100);
});

test("two workers that settle at once tell each once", async () => {
  const { environment } = await world.activeEnvironment();
  await report(told(environment.id));
  vi.setSystemTime(nextMinute());
  await Promise.all([settleViolations(world.db, 50), settleViolations(world.db, 50)]);
  expect(await entriesOf(environment.id)).toHaveLength(1);
});

test("a service brings at most twenty-one entries a minute into a chain, and the sum is right", async () => {
  const flooder = await world.service("Flooder");
  const { environment } = await world.activeEnvironment();
  const other = await world.activeEnvironment();
  const many = Array.from({ length: 100 }, (_, n) =>
    told(n % 2 ? environment.id : other.environment.id, { explanation: explanation(`made-up-${n}`) }),
  );
  for (const _ of [1, 2, 3]) expect((await send({ violations: many }, flooder.key)).status).toBe(202);
  expect(await world.db.select().from(violation).where(eq(violation.serviceId, flooder.id))).toHaveLength(21);
  await whenTheMinuteIsOver();
  const entries = (await world.db.select().from(auditEntry).where(eq(auditEntry.actorId, flooder.id))).map(
    ({ detail, subjectKind }) => ({
      subjectKind,
      ...(JSON.parse(detail) as { count: number; code: string }),
    }),
  );
  expect(entries).toHaveLength(21);
  expect(entries.reduce((sum, { count }) => sum + count, 0)).toBe(300);
  expect(entries.filter(({ code: told }) => told === "more")).toMatchObject([
    { subjectKind: "organization", count: 240 },
  ]);
});

test("what is due is told in portions, and nothing is left", async () => {
  const { environment } = await world.activeEnvironment();
  await report(
    ...["a", "b", "c"].map((source) => told(environment.id, { explanation: explanation(source) })),
  );
  await whenTheMinuteIsOver(2);
  await whenTheMinuteIsOver(1000);
  expect(await entriesOf(environment.id)).toHaveLength(3);
});

test("tenants that are not there are ignored, and said so", async () => {
  const { environment } = await world.activeEnvironment();
  expect(await report(told(newId()), told(environment.id))).toEqual({ accepted: 1, ignored: 1 });
  expect(await report(told(newId()))).toEqual({ accepted: 0, ignored: 1 });
});

test("an entry goes into the chain of the tenant's own organization and of no other", async () => {
  const bob = await world.person("Bob");
  const { environment, ctx } = await world.organization(bob, "Bolt");
  await report(told(environment.id));
  await whenTheMinuteIsOver();
  expect(await entriesOf(environment.id)).toMatchObject([{ chain: ctx.organization.id }]);
});

test("a name that tries to lead the eye is kept as data", async () => {
  const { environment } = await world.activeEnvironment();
  const odd = { ...hint("header"), saw: ["\u202Eevil\u0000\r\n<script>", "\uD800"] };
  const withOdd = { ...explanation(), hints: [odd] };
  await report(told(environment.id, { explanation: withOdd }));
  await whenTheMinuteIsOver();
  expect(await verifyChain(world.db, world.acme.organization.id)).toMatchObject({ broken: null });
  expect(await entriesOf(environment.id)).toHaveLength(1);
});

describe("what is no report is refused whole", () => {
  const id = newId();
  const one = (more: object) => ({ violations: [told(id, more)] });
  const long = "x".repeat(1001);
  const bodies: [string, unknown][] = [
    ["nothing", null],
    ["no list", {}],
    ["an empty list", { violations: [] }],
    ["a hundred and one", { violations: Array.from({ length: 101 }, () => told(id)) }],
    ["a field that nobody knows", { violations: [told(id)], organization: id }],
    ["another organization", one({ organization_id: id })],
    ["a tenant by its slug", one({ tenant: "prod" })],
    ["a tenant in capitals", one({ tenant: id.toUpperCase() })],
    ["a code that nobody knows", one({ code: "evil" })],
    ["the code of the sum", one({ code: "more" })],
    ["no times at all", one({ count: 0 })],
    ["half a time", one({ count: 0.5 })],
    ["fewer than none", one({ count: -1 })],
    ["more than a million", one({ count: 1_000_001 })],
    ["a last before the first", one({ first_at: at(2), last_at: at(1) })],
    ["a day that is none", one({ first_at: "2026-02-30T00:00:00Z" })],
    ["a time without a zone", one({ first_at: "2026-02-03T00:00:00" })],
    ["no explanation", one({ explanation: null })],
    ["an action of one's own choice", one({ action: "member.set_role" })],
    ["twenty-one hints", one({ explanation: explanation(...Array<string>(21).fill("a")) })],
    [
      "a hint with a long value",
      one({ explanation: { ...explanation(), hints: [{ ...hint("a"), saw: [long] }] } }),
    ],
    [
      "a verdict that nobody knows",
      one({ explanation: { ...explanation(), hints: [{ ...hint("a"), verdict: "x" }] } }),
    ],
    [
      "more than 16 KB of it",
      one({
        explanation: {
          ...explanation(),
          hints: Array.from({ length: 20 }, () => ({ ...hint("a"), saw: ["x".repeat(900)] })),
        },
      }),
    ],
    ["an outcome that was no refusal", one({ explanation: { ...explanation(), outcome: { tenant: id } } })],
  ];

  test.for(bodies)("%s", async ([, body]) => {
    expect(await code(await send(body))).toBe("invalid");
  });

  test("without the scope, with a person's key, or when the service is revoked", async () => {
    const { key } = await world.service("Reader", ["connect", "changes", "tokens", "sign", "options"]);
    expect(await code(await send({ violations: [told(id)] }, key))).toBe("forbidden");
    expect(await code(await send({ violations: [told(id)] }, await world.key(world.ann)))).toBe(
      "unauthenticated",
    );
    const doomed = await world.service("Doomed");
    await revokeService(world.operator, { service: doomed.id });
    expect(await code(await send({ violations: [told(id)] }, doomed.key))).toBe("unauthenticated");
  });
});
