import type { PoolClient } from "pg";
import { literal } from "@/server/drivers/postgres/names";
import { isVerifierOf } from "@/server/drivers/postgres/scram";
import { runTogether } from "@/server/drivers/postgres/server";
import { sharedLogins, timeLimits } from "./create-pool";
import { endSessionsOf } from "./end-logins";
import type { OpenPool } from "./open";

/**
 * Puts the logins that services share back as they were made, and gives those that were not: every
 * Postgres role may change its own password and settings, and these are everybody's.
 */
export async function keepLogins(pool: OpenPool): Promise<string[]> {
  return pool.inside.asAdminAlone(pool.name, async (client) => {
    const changed = await changedLogins(client, pool);
    if (changed.length === 0) return [];
    const names = changed.map(({ role }) => role);
    await runTogether(client, [
      ...changed.flatMap(({ role, databases }) =>
        databases.map((database) => `ALTER ROLE ${role} IN DATABASE ${database} RESET ALL`),
      ),
      ...(await sharedLogins(pool)),
    ]);
    // A session keeps the settings that it began with.
    await endSessionsOf(client, names);
    return names;
  });
}

interface SharedLogin {
  role: string;
  verifier: string | null;
  settings: string[];
  /** Those that it has other settings in, as SQL writes them. */
  databases: string[];
}

async function changedLogins(
  client: PoolClient,
  { roles, secrets }: OpenPool,
): Promise<Pick<SharedLogin, "role" | "databases">[]> {
  const { rows } = await client.query<SharedLogin>(
    `SELECT a.rolname AS role, a.rolpassword AS verifier,
       coalesce((SELECT s.setconfig FROM pg_db_role_setting s WHERE s.setrole = a.oid AND s.setdatabase = 0), '{}') AS settings,
       ARRAY(SELECT quote_ident(d.datname) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
         WHERE s.setrole = a.oid) AS databases
     FROM pg_authid a WHERE a.rolname IN (${[roles.readonly, roles.readwrite].map(literal).join(", ")})`,
  );
  const changed: SharedLogin[] = [];
  for (const login of rows) {
    const password = login.role === roles.readonly ? secrets.readonlyPassword : secrets.readwritePassword;
    const isKept =
      login.databases.length === 0 &&
      login.settings.toSorted().join() === asMade &&
      (await isVerifierOf(login.verifier, password));
    if (!isKept) changed.push(login);
  }
  return changed;
}

const asMade = Object.entries(timeLimits)
  .map(([name, value]) => `${name}=${value}`)
  .toSorted()
  .join();
