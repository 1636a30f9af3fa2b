import { and, desc, eq, lt, ne } from "drizzle-orm";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { readPackage, type CheckedPackage } from "@/server/packages/read";
import { sortKeyOf } from "@/server/packages/version";
import { aboutPackage, releaseOf } from "./internal";
import type { PackageRow, VersionRow } from "./row";
import { presentVersion } from "./present";
import { requireSuccessor } from "./require-successor";
import type { PublishPackage } from "./schema";

/**
 * Checks a package and keeps it for good. The same content again changes nothing; another content
 * under a version that is taken is a `conflict`. Operators only.
 */
export async function publishPackage(ctx: UserContext, input: PublishPackage) {
  requireOperator(ctx);
  const checked = await readPackage(filesOf(input));
  return withTransaction(ctx.db, async (tx) => {
    const owner = await ensurePackage(tx, ctx, checked);
    const known = await findVersion(tx, owner, checked.release.version);
    if (known) requireSame(owner, known, checked);
    if (known && (known.status !== "draft" || input.draft))
      return { package: owner.name, version: presentVersion(known), isNew: false };
    await requireFits(tx, owner, checked);
    const row = known
      ? await publishDraftRow(tx, known)
      : await insertVersion(tx, owner, { ctx, checked, isDraft: input.draft });
    await appendAudit(tx, ctx, {
      ...aboutPackage(owner),
      action: input.draft ? "package.draft" : "package.publish",
      detail: { version: row.version, checksum: row.checksum },
    });
    return { package: owner.name, version: presentVersion(row), isNew: true };
  });
}

function filesOf({ files }: PublishPackage): Record<string, string> {
  const byPath = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  if (Object.keys(byPath).length !== files.length)
    throw new DomainError("invalid", "A file is sent twice.", { field: "files" });
  return byPath;
}

async function ensurePackage(tx: Tx, ctx: UserContext, { manifest }: CheckedPackage): Promise<PackageRow> {
  const { name, schema, owner: ownerService, description } = manifest;
  const now = new Date();
  const [known] = await tx.select().from(schemaPackage).where(eq(schemaPackage.name, name));
  if (known && known.schema !== schema)
    throw new DomainError(
      "conflict",
      `${name} lives in the schema ${known.schema}, and a package stays in its schema.`,
    );
  if (known) {
    const changes = { ownerService, description, updatedAt: now };
    await tx.update(schemaPackage).set(changes).where(eq(schemaPackage.id, known.id));
    return { ...known, ...changes };
  }
  const [other] = await tx.select().from(schemaPackage).where(eq(schemaPackage.schema, schema));
  if (other) throw new DomainError("conflict", `The schema ${schema} is taken by the package ${other.name}.`);
  const row = {
    id: newId(),
    name,
    schema,
    ownerService,
    description,
    createdBy: ctx.actor.label,
    createdAt: now,
    updatedAt: now,
  };
  await tx.insert(schemaPackage).values(row);
  return row;
}

async function findVersion(tx: Tx, owner: PackageRow, version: string): Promise<VersionRow | undefined> {
  const [row] = await tx
    .select()
    .from(packageVersion)
    .where(and(eq(packageVersion.packageId, owner.id), eq(packageVersion.version, version)));
  return row;
}

function requireSame(owner: PackageRow, known: VersionRow, { release }: CheckedPackage): void {
  if (known.checksum === release.checksum) return;
  throw new DomainError(
    "conflict",
    known.status === "draft"
      ? `${owner.name} ${known.version} is a draft with another content. Delete the draft first.`
      : `${owner.name} ${known.version} is published with another content. Give the change a new version.`,
  );
}

/** It comes after what is published, and goes on from the release before it. */
async function requireFits(tx: Tx, owner: PackageRow, { release }: CheckedPackage): Promise<void> {
  const sortKey = sortKeyOf(release.version);
  const published = and(eq(packageVersion.packageId, owner.id), ne(packageVersion.status, "draft"));
  const [newest] = await tx
    .select({ version: packageVersion.version, sortKey: packageVersion.sortKey })
    .from(packageVersion)
    .where(published)
    .orderBy(desc(packageVersion.sortKey))
    .limit(1);
  if (newest && newest.sortKey >= sortKey)
    throw new DomainError(
      "conflict",
      `${release.version} is not newer than ${newest.version}, which is published. Give it a higher version.`,
    );
  const [before] = await tx
    .select()
    .from(packageVersion)
    .where(and(published, lt(packageVersion.sortKey, sortKey)))
    .orderBy(desc(packageVersion.sortKey))
    .limit(1);
  if (before) requireSuccessor(releaseOf(owner, before), release);
}

async function publishDraftRow(tx: Tx, known: VersionRow): Promise<VersionRow> {
  const changes = { status: "published", publishedAt: new Date() } as const;
  await tx.update(packageVersion).set(changes).where(eq(packageVersion.id, known.id));
  return { ...known, ...changes };
}

async function insertVersion(
  tx: Tx,
  owner: PackageRow,
  { ctx, checked, isDraft }: { ctx: UserContext; checked: CheckedPackage; isDraft: boolean },
): Promise<VersionRow> {
  const { release, manifest, sizeBytes } = checked;
  const createdAt = new Date();
  const count = release.migrations.reduce(
    (sum, { sqlite, postgres }) => sum + ((postgres ?? sqlite)?.statements.length ?? 0),
    0,
  );
  const row: VersionRow = {
    id: newId(),
    packageId: owner.id,
    version: release.version,
    sortKey: sortKeyOf(release.version),
    status: isDraft ? "draft" : "published",
    checksum: release.checksum,
    manifest,
    migrations: [...release.migrations],
    statementCount: count,
    sizeBytes,
    deprecationReason: "",
    createdBy: ctx.actor.label,
    createdAt,
    publishedAt: isDraft ? null : createdAt,
  };
  await tx.insert(packageVersion).values(row);
  return row;
}
