import type { PoolDriver } from "@/server/drivers/pool/driver";
import { canaryRelease, canaryTenants, type CanaryTenant } from "@/server/drivers/pool/canary";
import type { FencedConnection } from "@/server/isolation/attacks/outcome";
import { prove, type Proof } from "@/server/isolation/attacks/prove";
import { readShapes, readSurroundings } from "@/server/isolation/attacks/shapes";
import type { PoolSecrets } from "@/server/kernel/pool-secrets";
import { openServicePool, TenantPool } from "@/sdk/postgres/with-tenant";

interface ProofOf {
  driver: PoolDriver;
  databaseName: string;
  secrets: PoolSecrets;
  attempts: number;
  /** The same seed makes the same choices. */
  seed: string;
}

/** Attacks a pool the way that services go: their login, their signed contexts, their connections. */
export async function provePool({ driver, databaseName, secrets, attempts, seed }: ProofOf): Promise<Proof> {
  const tenants = canaryTenants(databaseName);
  const contexts = new Map<string, Awaited<ReturnType<typeof settle>>>();
  for (const tenant of tenants) contexts.set(tenant.tenant, await settle(driver, tenant));
  const address = new URL(driver.servicesAddress("readwrite").url);
  address.username = driver.servicesAddress("readwrite").username ?? "";
  address.password = secrets.readwritePassword.reveal();
  const service = openServicePool({ connectionString: address.href, ssl: false, max: 4 });
  // Statements run one at a time, so what the server says belongs to the one that is running.
  const said: string[] = [];
  service.on("connect", (client) => client.on("notice", ({ message }) => said.push(message ?? "")));
  const ending = new AbortController();
  try {
    const connectAs = async (tenant: string) => {
      const context = contexts.get(tenant);
      if (!context) throw new Error("This tenant is no canary.");
      return fenced(new TenantPool(service, context, ending.signal), said);
    };
    for (const tenant of tenants) await keepRows(await connectAs(tenant.tenant), tenant);
    const { shapes, surroundings } = await driver.readCatalogs(async (client) => {
      const all = await readShapes(client, "tenant_id");
      const found = all.filter(({ schema }) => schema === canaryRelease.schema);
      return { shapes: found, surroundings: await readSurroundings(client, found) };
    });
    const canaries = tenants.flatMap(({ tenant, rows }) =>
      rows.map(({ id, note }) => ({
        tenant: String(tenant),
        schema: canaryRelease.schema,
        table: "canary",
        key: id,
        secret: note,
      })),
    );
    return await prove(connectAs, { shapes, surroundings, canaries, attempts, seed });
  } finally {
    ending.abort();
    await service.end();
  }
}

/** The canary tenant with its credential, made when it is not there. */
async function settle(driver: PoolDriver, { credentialId, ...identity }: CanaryTenant) {
  const request = { credentialId, audience: "services", scope: "readwrite", expiresAt: null } as const;
  await driver.createDatabase(identity);
  const secret = await driver.mintSecret(identity, request);
  await driver.installLogin(identity, { ...request, secret });
  return { tenant: identity.tenant, credentialId, secret: secret.reveal() };
}

async function keepRows(connection: FencedConnection, { rows }: CanaryTenant): Promise<void> {
  const values = rows.map(({ id, note }) => `('${id}', '${note}')`).join(", ");
  await connection.query(
    `INSERT INTO ${canaryRelease.schema}.canary (id, note) VALUES ${values} ON CONFLICT DO NOTHING`,
  );
  await connection.release("commit");
}

async function fenced(tenant: TenantPool, said: string[]): Promise<FencedConnection> {
  const connection = await tenant.connect();
  await connection.query("BEGIN");
  return {
    query: (text) => connection.query<Record<string, unknown>>(text),
    notices: () => said.splice(0),
    async release(ending) {
      await connection.query(ending === "commit" ? "COMMIT" : "ROLLBACK");
      connection.release();
    },
  };
}
