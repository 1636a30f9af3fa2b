import { randomUUID } from "node:crypto";
import { existsSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { operation } from "@/drizzle/control/schema/operations";
import { setting } from "@/drizzle/control/schema/settings";
import { user } from "@/drizzle/control/schema/people";
import { controlDb } from "@/server/db/client";
import { prepareControlPlane } from "@/server/prepare";
import { createApiKey } from "@/server/domain/api-keys/create";
import { createEnvironment } from "@/server/domain/environments/create";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { openEnvironment } from "@/server/domain/environments/open";
import { purgeEnvironment } from "@/server/domain/environments/purge";
import { recoverEnvironment } from "@/server/domain/environments/recover";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { retryEnvironment } from "@/server/domain/environments/retry";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { createOrganization } from "@/server/domain/organizations/create";
import { openOrganization } from "@/server/domain/organizations/open";
import { databaseNameFor } from "@/server/kernel/database-name";
import { builtInClusters } from "@/server/domain/clusters/names";
import { createDataPlane } from "@/server/drivers/data-plane";
import { processDrivers } from "@/server/sagas/process-drivers";
import type { EnvironmentContext, OrganizationContext, UserContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { isDomainError } from "@/server/kernel/errors";
import { environmentId, newId, userId } from "@/server/kernel/ids";
import { masterSecret } from "@/server/kernel/master-secret";
import { startWorker } from "@/server/sagas/worker";
import { closureFlaws } from "@/server/testing/invariants/closure";
import { findViolations } from "./check";
import { exerciseCredentials } from "./credentials";
import { serveFiles } from "./serve-files";

/**
 * One life of a server process for the crash test: it does everything below, and whoever
 * runs it again after a crash gets to the same end, as every creation carries its key.
 * It tells what was acknowledged, a line each, in one write that outlives the process.
 */
const say = (line: string) => writeSync(1, `${line}\n`);
const deadline = Date.now() + 60_000;
/** Where what is created, deleted and logged into lives. */
const driver = process.argv[2] === "postgres" ? "postgres" : "sqlite";

process.umask(0o077);
masterSecret();
const db = await controlDb();
await prepareControlPlane(db);
await db
  .insert(setting)
  .values({ key: "recovery_days", value: 1, updatedAt: new Date() })
  .onConflictDoNothing();
const ann = await person();

const created = await createOrganization({ ...ann, idempotencyKey: "organization" }, { name: "Crash" });
say(`ack environment.create ${created.environment.id}`);
const organization = await openOrganization(ann, created.organization.id);
const blocked = await order(organization, { slug: "blocked", key: "blocked" });
await obstruct(blocked);
// Logins to files are tried at a data server.
if (driver === "sqlite") await serveFiles(db);
const worker = startWorker({ db, drivers: processDrivers(db) });
if (!process.env.FREEHOLD_FAILPOINT)
  say(`secret ${(await createApiKey(ann, { name: "canary", days: 1 })).key}`);
await reach(created.environment.id, "active");

const first = await order(organization, { slug: "staging", key: "first staging", driver });
if (await statusOf(first)) {
  await reach(first, "active", "suspended", "deleted", "deleting", "gone");
  await attempt("environment.suspend", first, async (ctx) =>
    suspendEnvironment(ctx, { environment: first, reason: "crash" }),
  );
  await attempt("environment.resume", first, async (ctx) => resumeEnvironment(ctx));
  const end = { environment: first, confirm: "staging" };
  await attempt("environment.delete", first, async (ctx) => deleteEnvironment(ctx, end));
  await attempt("environment.recover", first, async (ctx) => recoverEnvironment(ctx));
  await attempt("environment.delete", first, async (ctx) => deleteEnvironment(ctx, end));
  await attempt("environment.purge", first, async (ctx) => purgeEnvironment(ctx, end));
  await reach(first, "gone");
}
const second = await order(organization, { slug: "staging", key: "second staging", driver });
await reach(second, "active");
await exerciseCredentials({
  db,
  environment: second,
  say,
  attempt: (action, verb) => attempt(action, second, verb),
});

await failAndRetry();
await worker.drain();
await settled();
const clusterId = driver === "sqlite" ? builtInClusters.files : builtInClusters.postgres;
const flaws = [
  ...(await findViolations(db, ["prod", "blocked", "staging", "staging"])),
  ...(await closureFlaws(db, processDrivers(db), { clusterId, minted: [] })),
];
for (const flaw of flaws) say(`violation ${flaw}`);
await worker.stop();
say("done");
process.exit(0);

/** Another tenant's database under the name of one that nobody has begun with: its creation will be undone. */
async function obstruct(id: string): Promise<void> {
  const [ordered] = await db
    .select({ attempts: operation.attempts })
    .from(operation)
    .where(eq(operation.environmentId, id));
  if (ordered?.attempts !== 0 || existsSync(fileOf(id))) return;
  await (
    await processDrivers(db).of({ clusterId: builtInClusters.files })
  ).createDatabase({
    tenant: environmentId(randomUUID()),
    databaseName: databaseNameFor(environmentId(id)),
  });
}

/** Its creation has failed or is about to; then the way is free and a retry succeeds. */
async function failAndRetry(): Promise<void> {
  if ((await statusOf(blocked)) === "provisioning") await reach(blocked, "failed", "active");
  if ((await statusOf(blocked)) === "failed") {
    rmSync(fileOf(blocked), { force: true });
    await attempt("environment.retry", blocked, async (ctx) => retryEnvironment(ctx));
  }
  await reach(blocked, "active");
}

function fileOf(id: string): string {
  return join(env().dataDir, "databases", `${databaseNameFor(environmentId(id))}.db`);
}

async function person(): Promise<UserContext> {
  const email = "ann@example.test";
  const now = new Date();
  await db
    .insert(user)
    .values({ id: newId(), name: "Ann", email, createdAt: now, updatedAt: now })
    .onConflictDoNothing();
  const [row] = await db.select().from(user).where(eq(user.email, email));
  if (!row) throw new Error("The person is missing.");
  return {
    db,
    dataPlane: createDataPlane(processDrivers(db)),
    actor: { kind: "user", id: row.id, label: email },
    requestId: newId(),
    door: "console",
    ip: null,
    idempotencyKey: null,
    user: { id: userId(row.id), name: row.name, email, emailVerified: false, isOperator: true },
    sessionToken: null,
  };
}

async function order(
  ctx: OrganizationContext,
  { slug, key, driver = "sqlite" }: { slug: string; key: string; driver?: "sqlite" | "postgres" },
): Promise<string> {
  const input = { organization: ctx.organization.id, name: slug, slug, envType: "staging" as const, driver };
  const { environment: ordered } = await createEnvironment({ ...ctx, idempotencyKey: key }, input);
  say(`ack environment.create ${ordered.id}`);
  return ordered.id;
}

/** A verb that an earlier life may have done already: then it is refused. */
async function attempt(
  action: string,
  id: string,
  verb: (ctx: EnvironmentContext) => Promise<unknown>,
): Promise<void> {
  try {
    await verb(await openEnvironment(ann, id));
    say(`ack ${action} ${id}`);
  } catch (error) {
    if (!isDomainError(error) || !["precondition", "not_found", "conflict"].includes(error.code)) throw error;
  }
}

async function statusOf(id: string): Promise<string | null> {
  const [row] = await db
    .select({ status: environment.status })
    .from(environment)
    .where(eq(environment.id, id));
  return row?.status ?? null;
}

async function reach(id: string, ...wanted: string[]): Promise<void> {
  for (;;) {
    const status = (await statusOf(id)) ?? "gone";
    if (wanted.includes(status)) return;
    if (Date.now() > deadline) throw new Error(`${id} is still ${status} after a minute.`);
    await delay(5);
  }
}

async function settled(): Promise<void> {
  for (;;) {
    const rows = await db.select({ status: operation.status }).from(operation);
    if (rows.every(({ status }) => status === "succeeded" || status === "failed")) return;
    if (Date.now() > deadline) throw new Error("Operations are unfinished after a minute.");
    await delay(5);
  }
}
