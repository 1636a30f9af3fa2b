import { asc, eq, inArray, sql } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { finding } from "@/drizzle/control/schema/findings";
import { setting } from "@/drizzle/control/schema/settings";
import { pool } from "@/drizzle/control/schema/pools";
import type { Db } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import type { ListedDatabase, TenantDriver } from "@/server/drivers/driver";
import type { WorkContext } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { registeredOn } from "./registered";

type Finding = typeof finding.$inferInsert;
type Cluster = Pick<
  typeof cluster.$inferSelect,
  "id" | "slug" | "driver" | "state" | "isBuiltIn" | "databaseCount"
>;

/** A cluster, or a pool on one. */
interface Home {
  clusterId: string;
  poolId: string | null;
  slug: string;
  driver: Cluster["driver"];
}
const settled = new Set(["active", "suspended", "archived", "deleted"]);
/** What is unfinished and younger belongs to a creation that is under way. */
const leftoverAfterMs = 60_000;

/**
 * Compares what the clusters hold with what the registry says, both ways, and keeps the
 * differences as findings. Touches no database: adopting and destroying are for people.
 * What is created or deleted in the meantime is not a difference.
 */
export async function reconcile(ctx: WorkContext): Promise<{ databases: number; findings: number }> {
  const seenAt = new Date();
  const found: Finding[] = [];
  let databases = 0;
  for (const place of await homesIn(ctx.db)) {
    const compared = await compare(ctx, place, seenAt);
    databases += compared.databases;
    found.push(...compared.found);
  }
  await replaceFindings(ctx, found, seenAt);
  return { databases, findings: found.length };
}

async function homesIn(db: Db): Promise<Home[]> {
  const [clusters, pools] = await db.batch([
    db.select().from(cluster).orderBy(asc(cluster.slug)),
    db
      .select({ clusterId: pool.clusterId, poolId: pool.id, slug: pool.slug, driver: cluster.driver })
      .from(pool)
      .innerJoin(cluster, eq(cluster.id, pool.clusterId))
      .where(inArray(pool.state, ["active", "draining"]))
      .orderBy(asc(pool.slug)),
  ]);
  // An empty Postgres that comes with the installation need not run.
  const used = clusters.filter(
    (place) => place.databaseCount > 0 || (place.state !== "offline" && !isIdle(place)),
  );
  return [...used.map(({ id, slug, driver }) => ({ clusterId: id, poolId: null, slug, driver })), ...pools];
}

const isIdle = ({ isBuiltIn, driver }: Cluster) => isBuiltIn && driver === "postgres";

async function compare(ctx: WorkContext, place: Home, seenAt: Date) {
  try {
    return await compareReachable(ctx, await ctx.drivers.of(place), { place, seenAt });
  } catch (error) {
    const problem = isDomainError(error) ? error.message : silent(error);
    const facts = { databaseName: place.slug, tenant: null, sizeBytes: 0, problem };
    return { databases: 0, found: [describe("unreachable", facts, { place, seenAt })] };
  }
}

/** A client's own error tells of hosts and ports, and nothing that an operator needs here. */
function silent(error: unknown): string {
  if (!isNetworkError(error)) throw error;
  return "The cluster did not answer, or did not let Freehold in.";
}

const networkCodes = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE|57P0|28)/;

function isNetworkError(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isNetworkError);
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return networkCodes.test(code) || /timeout|terminated/i.test(error.message);
}

interface Look {
  place: Home;
  seenAt: Date;
}

async function compareReachable(ctx: WorkContext, driver: TenantDriver, look: Look) {
  const held = new Map<string, ListedDatabase>();
  const found: Finding[] = [];
  for await (const listing of driver.listDatabases()) {
    const isOld = look.seenAt.getTime() - listing.modifiedAt.getTime() > leftoverAfterMs;
    if (listing.isLeftover && isOld) found.push(describe("leftover", listing, look));
    if (!listing.isLeftover) held.set(listing.databaseName, listing);
  }
  const databases = held.size;
  for await (const row of registeredOn(ctx.db, look.place)) {
    const listing = held.get(row.databaseName);
    held.delete(row.databaseName);
    if (!settled.has(row.status) || (row.provisionedAt ?? look.seenAt) >= look.seenAt) continue;
    const difference = differenceOf(row, listing);
    if (difference)
      found.push({
        ...describe(difference.kind, difference.facts, look),
        environmentId: row.id,
        organizationId: row.organizationId,
        subject: `${row.organization}/${row.slug}`,
      });
  }
  const still = held.size > 0 ? await namesHeld(driver) : new Set<string>();
  for (const listing of held.values())
    if (still.has(listing.databaseName)) found.push(describe("orphan", listing, look));
  return { databases, found };
}

function differenceOf(row: { id: string; databaseName: string }, listing: ListedDatabase | undefined) {
  if (!listing) {
    const problem = "The registry has it, but there is no database.";
    return {
      kind: "missing" as const,
      facts: { databaseName: row.databaseName, tenant: null, sizeBytes: 0, problem },
    };
  }
  if (listing.problem === null && listing.tenant === row.id) return null;
  const problem = listing.problem ?? "It carries the stamp of another environment.";
  return { kind: "damaged" as const, facts: { ...listing, problem } };
}

async function namesHeld(driver: TenantDriver): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const { databaseName } of driver.listDatabases()) names.add(databaseName);
  return names;
}

function describe(
  kind: Finding["kind"],
  listing: Pick<ListedDatabase, "databaseName" | "tenant" | "sizeBytes" | "problem">,
  { place, seenAt }: Look,
): Finding {
  const fallback =
    kind === "orphan"
      ? "There is a database, but the registry does not know it."
      : "What an interrupted creation left.";
  return {
    id: newId(),
    kind,
    driver: place.driver,
    clusterId: place.clusterId,
    poolId: place.poolId,
    databaseName: listing.databaseName,
    tenant: kind === "orphan" ? listing.tenant : null,
    subject: listing.databaseName,
    problem: listing.problem ?? fallback,
    sizeBytes: listing.sizeBytes,
    seenAt,
  };
}

async function replaceFindings(ctx: WorkContext, found: Finding[], at: Date): Promise<void> {
  await withTransaction(ctx.db, async (tx) => {
    await tx.delete(finding);
    for (let start = 0; start < found.length; start += 500)
      await tx.insert(finding).values(found.slice(start, start + 500));
    const value = { at: at.toISOString(), findings: found.length };
    await tx
      .insert(setting)
      .values({ key: "last_reconciliation", value, updatedAt: at })
      .onConflictDoUpdate({ target: setting.key, set: { value: sql`excluded.value`, updatedAt: at } });
  });
}
