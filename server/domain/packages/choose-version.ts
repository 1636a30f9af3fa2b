import { and, desc, eq } from "drizzle-orm";
import { environmentPackage } from "@/drizzle/control/schema/installations";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import type { Db, Tx } from "@/server/db/client";
import { requireDatabaseRow, type DatabaseRow } from "@/server/domain/environments/home";
import { DomainError } from "@/server/kernel/errors";
import type { Engine } from "@/server/packages/content";
import { requirePackage, requireVersion, type PackageRow, type VersionRow } from "./row";
import { requireInstallable } from "./require-installable";
import type { InstallPackage } from "./schema";
import { sharedInstallRefusal } from "./state";

export interface Choice {
  database: DatabaseRow;
  owner: PackageRow;
  wanted: VersionRow;
  /** What is there already, or null. */
  observed: VersionRow | null;
  engine: Engine;
}

type Wish = Pick<InstallPackage, "package" | "version">;

/**
 * What an installation would bring into the environment's database. Throws `precondition` when the
 * version may not be installed, is not written for this kind of database, or is older than what is there.
 */
export async function chooseVersion(tx: Tx, environmentId: string, wish: Wish): Promise<Choice> {
  const [databases, packages, versions, seen] = questions(tx, environmentId, wish);
  return decide(wish, [await databases, await packages, await versions, await seen]);
}

/** The same in one round trip, for who only looks. */
export async function foreseeVersion(db: Db, environmentId: string, wish: Wish): Promise<Choice> {
  return decide(wish, await db.batch(questions(db, environmentId, wish)));
}

function questions(db: Db | Tx, environmentId: string, wish: Wish) {
  const isNamed = eq(schemaPackage.name, wish.package);
  const isWanted =
    wish.version === undefined
      ? eq(packageVersion.status, "published")
      : eq(packageVersion.version, wish.version);
  return [
    db.select().from(environmentDatabase).where(eq(environmentDatabase.environmentId, environmentId)),
    db.select().from(schemaPackage).where(isNamed),
    db
      .select({ version: packageVersion })
      .from(packageVersion)
      .innerJoin(schemaPackage, eq(schemaPackage.id, packageVersion.packageId))
      .where(and(isNamed, isWanted))
      .orderBy(desc(packageVersion.sortKey))
      .limit(1),
    db
      .select({ version: packageVersion })
      .from(environmentPackage)
      .innerJoin(schemaPackage, eq(schemaPackage.id, environmentPackage.packageId))
      .innerJoin(packageVersion, eq(packageVersion.id, environmentPackage.observedVersionId))
      .where(and(isNamed, eq(environmentPackage.environmentId, environmentId))),
  ] as const;
}

type Answers = readonly [DatabaseRow[], PackageRow[], { version: VersionRow }[], { version: VersionRow }[]];

function decide(wish: Wish, [databases, packages, versions, seen]: Answers): Choice {
  const database = requireDatabaseRow(databases[0]);
  const owner = requirePackage(packages[0], wish.package);
  const wanted = requireVersion(versions[0]?.version, owner, wish.version);
  const observed = seen[0]?.version ?? null;
  const refusal = sharedInstallRefusal(database.isolation);
  if (refusal) throw new DomainError("precondition", refusal);
  const engine = database.driver === "postgres" ? "postgres" : "sqlite";
  requireInstallable({ owner, wanted, observed, engine, place: "The environment" });
  return { database, owner, wanted, observed, engine };
}
