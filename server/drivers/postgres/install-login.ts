import type { PoolClient } from "pg";
import type { CredentialScope, DatabaseIdentity, Login } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { failpoint } from "@/server/kernel/failpoint";
import { aloneWithOwn } from "./found";
import { groupOf, identifier, literal, roleOf } from "./names";
import { databaseOf } from "./roles";
import { scramVerifier } from "./scram";
import { runTogether, type Server } from "./server";

/** Sessions of one login. */
const mostSessions = 20;

const settings = {
  search_path: "public",
  statement_timeout: "5min",
  lock_timeout: "30s",
  idle_in_transaction_session_timeout: "5min",
};
/** Schema changes wait for nobody, and may take their time. */
const settingsOfAdmin = { ...settings, statement_timeout: "1h" };

/** Makes a login that may connect to one database, as a member of one group role. */
export async function installLogin(server: Server, identity: DatabaseIdentity, login: Login): Promise<void> {
  const role = roleOf(login.credentialId);
  const verifier = await scramVerifier(login.secret);
  await aloneWithOwn(server, identity, async (client) => {
    const home = await databaseOf(client, role);
    if (home && home !== identity.databaseName)
      throw new DomainError("conflict", "This login belongs to another environment's database.");
    await installRole(client, identity.databaseName, { ...login, role, verifier, isNew: home === undefined });
    failpoint("postgres.login.installed");
  });
}

interface RoleRequest {
  role: string;
  verifier: string;
  scope: CredentialScope;
  expiresAt: Date | null;
  isNew: boolean;
}

/** One transaction, so that a login that exists can do what it is for, and nothing else. */
async function installRole(
  client: PoolClient,
  databaseName: string,
  { role: name, verifier, scope, expiresAt, isNew }: RoleRequest,
): Promise<void> {
  const role = identifier(name);
  const until = literal(expiresAt?.toISOString() ?? "infinity");
  const otherGroups = Object.values(groupOf).filter((group) => group !== groupOf[scope]);
  const chosen = Object.entries(scope === "admin" ? settingsOfAdmin : settings);
  await runTogether(client, [
    `${isNew ? "CREATE" : "ALTER"} ROLE ${role} WITH LOGIN CONNECTION LIMIT ${mostSessions} PASSWORD ${literal(verifier)} VALID UNTIL ${until}`,
    ...(isNew ? [] : [`REVOKE ${otherGroups.join(", ")} FROM ${role}`, `ALTER ROLE ${role} RESET ALL`]),
    ...membership(role, scope),
    ...chosen.map(([setting, value]) => `ALTER ROLE ${role} SET ${setting} = ${literal(value)}`),
    `GRANT CONNECT ON DATABASE ${databaseName} TO ${role}`,
  ]);
}

/**
 * Whoever changes the schema does it as the owner role, so that what is made belongs to it and
 * outlives the login; the others have their group's rights and cannot become it.
 */
function membership(role: string, scope: CredentialScope): string[] {
  const group = groupOf[scope];
  if (scope !== "admin") return [`GRANT ${group} TO ${role} WITH INHERIT TRUE, SET FALSE`];
  return [
    `GRANT ${group} TO ${role} WITH INHERIT FALSE, SET TRUE`,
    `ALTER ROLE ${role} SET role = ${literal(group)}`,
  ];
}
