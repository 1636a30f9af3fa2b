import { prismaLibsql } from "@freehold/sdk/connections/prisma-libsql";
import { prismaPostgres } from "@freehold/sdk/connections/prisma-postgres";
import type { TenantDatabase } from "@freehold/sdk/connections/tenant-database";
import { PrismaClient as Postgres } from "./postgres/client.ts";
import { PrismaClient as Sqlite } from "./sqlite/client.ts";

const transactionOptions = { maxWait: 5_000, timeout: 15_000 };

/** For the time of one `withDatabase`. */
export function openPrisma(database: TenantDatabase): Sqlite {
  if (database.driver !== "postgres")
    return new Sqlite({ adapter: prismaLibsql(database.libsql()), transactionOptions });
  const adapter = prismaPostgres(database.postgres(), { schema: "students" });
  return asSqlite(new Postgres({ adapter, transactionOptions }));
}

// Both have the same models, and what Prisma can do in SQLite it can do in Postgres.
const asSqlite = (client: unknown) => client as Sqlite;
