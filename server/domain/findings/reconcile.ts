import { asc, eq, gt, sql } from "drizzle-orm";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { finding } from "@/drizzle/control/schema/findings";
import { organization } from "@/drizzle/control/schema/organizations";
import { setting } from "@/drizzle/control/schema/settings";
import { withTransaction } from "@/server/db/transaction";
import type { ListedDatabase } from "@/server/drivers/driver";
import type { BaseContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";

type Finding = typeof finding.$inferInsert;
const settled = new Set(["active", "suspended", "archived"]);
/** An unfinished file that is younger belongs to a creation that is under way. */
const leftoverAfterMs = 60_000;

/**
 * Compares what the drivers hold with what the registry says, both ways, and keeps the
 * differences as findings. Touches no database: adopting and destroying are for people.
 * What is created or deleted in the meantime is not a difference.
 */
export async function reconcile(ctx: BaseContext): Promise<{ databases: number; findings: number }> {
  const seenAt = new Date();
  const held = new Map<string, ListedDatabase>();
  const found: Finding[] = [];
  for await (const listing of ctx.drivers.sqlite.listDatabases()) {
    const isOld = seenAt.getTime() - listing.modifiedAt.getTime() > leftoverAfterMs;
    if (listing.isLeftover && isOld) found.push(describe("leftover", listing, seenAt));
    if (!listing.isLeftover) held.set(listing.databaseName, listing);
  }
  const databases = held.size;
  for await (const row of registered(ctx)) {
    const listing = held.get(row.databaseName);
    held.delete(row.databaseName);
    const about = {
      environmentId: row.id,
      organizationId: row.organizationId,
      subject: `${row.organization}/${row.slug}`,
    };
    if (!settled.has(row.status) || (row.provisionedAt ?? seenAt) >= seenAt) continue;
    if (!listing) {
      found.push({
        ...describe(
          "missing",
          {
            databaseName: row.databaseName,
            sizeBytes: 0,
            problem: "The registry has it, but there is no file.",
          },
          seenAt,
        ),
        ...about,
      });
    } else if (listing.problem ?? listing.tenant !== row.id) {
      const problem = listing.problem ?? "The file carries the stamp of another environment.";
      found.push({ ...describe("damaged", { ...listing, problem }, seenAt), ...about });
    }
  }
  const still = held.size > 0 ? await namesHeld(ctx) : new Set<string>();
  for (const listing of held.values())
    if (still.has(listing.databaseName)) found.push(describe("orphan", listing, seenAt));
  await replaceFindings(ctx, found, seenAt);
  return { databases, findings: found.length };
}

async function namesHeld(ctx: BaseContext): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const { databaseName } of ctx.drivers.sqlite.listDatabases()) names.add(databaseName);
  return names;
}

function describe(
  kind: Finding["kind"],
  listing: Pick<ListedDatabase, "databaseName" | "sizeBytes" | "problem">,
  seenAt: Date,
): Finding {
  const fallback =
    kind === "orphan"
      ? "There is a file, but the registry does not know it."
      : "An unfinished file of an interrupted creation.";
  return {
    id: newId(),
    kind,
    driver: "sqlite",
    databaseName: listing.databaseName,
    subject: listing.databaseName,
    problem: listing.problem ?? fallback,
    sizeBytes: listing.sizeBytes,
    seenAt,
  };
}

async function* registered(ctx: BaseContext) {
  for (let after = ""; ;) {
    const rows = await ctx.db
      .select({
        id: environment.id,
        slug: environment.slug,
        status: environment.status,
        organizationId: environment.organizationId,
        organization: organization.slug,
        databaseName: environmentDatabase.databaseName,
        provisionedAt: environmentDatabase.provisionedAt,
      })
      .from(environment)
      .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
      .innerJoin(organization, eq(organization.id, environment.organizationId))
      .where(gt(environment.id, after))
      .orderBy(asc(environment.id))
      .limit(1000);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

async function replaceFindings(ctx: BaseContext, found: Finding[], at: Date): Promise<void> {
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
