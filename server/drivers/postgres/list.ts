import { isDatabaseName } from "@/server/kernel/database-name";
import type { ListedDatabase } from "@/server/drivers/driver";
import { catalogQuery, describeDatabase, type Found } from "./found";
import { rolesWithoutDatabase } from "./roles";
import type { Server } from "./server";
import { warmPrefix } from "./warm";

const pageSize = 200;

type Listed = Found & { sizeBytes: number; madeAt: Date };

/**
 * Databases of tenants, and what interrupted creations and removals left. Other databases of the
 * server are none of our business, and those made in advance are as they should be.
 */
export async function* listDatabases(server: Server, schemaHash: string): AsyncGenerator<ListedDatabase> {
  let after = "";
  for (;;) {
    const page = await readPage(server, after);
    for (const found of page) yield* describe(found, schemaHash);
    after = page.at(-1)?.databaseName ?? "";
    if (page.length < pageSize) break;
  }
  for (const { name } of await server.asAdmin(rolesWithoutDatabase)) {
    yield {
      databaseName: name,
      tenant: null,
      sizeBytes: 0,
      modifiedAt: new Date(0),
      isLeftover: true,
      problem: "A login that remained when its database was dropped.",
    };
  }
}

async function readPage(server: Server, after: string): Promise<Listed[]> {
  return server.asAdmin(async (client) => {
    const { rows } = await client.query<
      Parameters<typeof describeDatabase>[0] & { size: string; made: Date }
    >(
      `SELECT page.*, coalesce(pg_database_size(page.oid), 0) AS size,
         coalesce((pg_stat_file('base/' || page.oid || '/PG_VERSION', true)).modification, 'epoch') AS made
       FROM (${catalogQuery}
         WHERE d.datname > $1 AND d.datname ~ '^(env_|warm_|freehold_template_)[0-9a-f]*$'
         ORDER BY d.datname LIMIT ${pageSize}) AS page
       ORDER BY page.datname`,
      [after],
    );
    return rows.map((row) => ({
      ...describeDatabase(row),
      sizeBytes: Number(row.size),
      madeAt: row.made,
    }));
  });
}

function* describe(found: Listed, schemaHash: string): Generator<ListedDatabase> {
  const { databaseName, stamp, sizeBytes, madeAt } = found;
  const modifiedAt = stamp?.stampedAt ?? madeAt;
  const listed = { databaseName, tenant: stamp?.tenant ?? null, sizeBytes, modifiedAt };
  const remains = remainsOf(found, schemaHash);
  if (remains !== null) yield { ...listed, isLeftover: true, problem: remains };
  else if (isDatabaseName(databaseName))
    yield { ...listed, isLeftover: false, problem: stamp ? null : "It carries no stamp of Freehold." };
}

function remainsOf({ databaseName, stamp, ...found }: Listed, schemaHash: string): string | null {
  if (found.isRemains) return "Its removal did not finish.";
  if (isDatabaseName(databaseName)) {
    if (found.takesConnections) return null;
    return stamp ? "Its removal did not finish." : "Its creation did not finish.";
  }
  const isCurrent =
    databaseName === `freehold_template_${schemaHash}` || databaseName.startsWith(warmPrefix(schemaHash));
  return isCurrent ? null : "It was made for another version of Freehold.";
}
