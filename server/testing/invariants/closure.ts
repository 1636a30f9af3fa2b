import { setTimeout as delay } from "node:timers/promises";
import { and, eq, ne } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import type { Db } from "@/server/db/client";
import { sealedOf } from "@/server/db/sealed";
import type { CredentialScope, DatabaseIdentity, Login, TenantDriver } from "@/server/drivers/driver";
import type { Drivers } from "@/server/drivers/registry";
import { environmentId } from "@/server/kernel/ids";
import { open } from "@/server/kernel/seal/open";
import type { Secret } from "@/server/kernel/secret";

/** A secret that was made at any time, whatever became of it. */
export interface Minted {
  identity: DatabaseIdentity;
  credentialId: string;
  audience: Login["audience"];
  scope: CredentialScope;
  secret: Secret;
}

/** A refusal has reached everybody within this. */
const patienceMs = 3000;

interface Cluster {
  clusterId: string;
  minted: readonly Minted[];
}

/**
 * Every secret that the registry holds for a cluster opens its database exactly while the environment serves,
 * and no other secret that was ever made opens anything.
 */
export async function closureFlaws(
  db: Db,
  drivers: Drivers,
  { clusterId, minted }: Cluster,
): Promise<string[]> {
  const flaws: string[] = [];
  const driver = await drivers.of({ clusterId });
  const held = await heldSecrets(db, clusterId);
  for (const { name, status, isOpen, login, identity } of held) {
    if (status === "pending") flaws.push(`${name} is still pending`);
    if (!login) flaws.push(`${name} is ${status} without a secret`);
    else flaws.push(...(await loginFlaws(driver, { name, identity, login, isOpen })));
  }
  const kept = new Set(held.map(({ login }) => login?.secret.reveal()));
  for (const { secret, identity, ...rest } of minted) {
    if (kept.has(secret.reveal())) continue;
    const login = { ...rest, secret, expiresAt: null };
    const name = `a secret of ${rest.credentialId} that the registry does not hold`;
    flaws.push(
      ...(await loginFlaws(await drivers.of({ clusterId }), { name, identity, login, isOpen: false })),
    );
  }
  return flaws;
}

async function heldSecrets(db: Db, clusterId: string) {
  const rows = await db
    .select({ credential: databaseCredential, database: environmentDatabase, status: environment.status })
    .from(databaseCredential)
    .innerJoin(environmentDatabase, eq(environmentDatabase.id, databaseCredential.databaseId))
    .innerJoin(environment, eq(environment.id, environmentDatabase.environmentId))
    .where(and(eq(environmentDatabase.clusterId, clusterId), ne(databaseCredential.status, "revoked")));
  return Promise.all(
    rows.map(async ({ credential, database, status }) => {
      const sealed = sealedOf(credential);
      const { id: credentialId, audience, scope, expiresAt, revokeAfter } = credential;
      const { databaseName } = database;
      const secret = sealed && (await open(sealed, { kind: "credential", ...credential }));
      return {
        name: `${credential.name} ${credential.generation} (${credential.status})`,
        status: credential.status,
        isOpen: status === "active" && (revokeAfter === null || revokeAfter > new Date()),
        login: secret && { credentialId, audience, scope, expiresAt, secret },
        identity: { tenant: environmentId(database.environmentId), databaseName },
      };
    }),
  );
}

interface Tried {
  name: string;
  identity: DatabaseIdentity;
  login: Login;
  isOpen: boolean;
}

async function loginFlaws(driver: TenantDriver, tried: Tried): Promise<string[]> {
  const { name, identity, login, isOpen } = tried;
  for (const until = Date.now() + patienceMs; ; await delay(20)) {
    const works = await driver.verifyLogin(identity, login).then(
      () => true,
      () => false,
    );
    if (works === isOpen) return [];
    if (Date.now() > until) return [`${name} ${works ? "opens" : "does not open"} its database`];
  }
}
