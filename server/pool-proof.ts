import type { PoolDriver } from "@/server/drivers/pool/driver";
import { canaryRelease, canaryTenants, type CanaryTenant } from "@/server/drivers/pool/canary";
import type { FencedConnection } from "@/server/isolation/attacks/outcome";
import { prove, type Proof } from "@/server/isolation/attacks/prove";
import { readShapes, readSurroundings } from "@/server/isolation/attacks/shapes";
import type { PoolSecrets } from "@/server/kernel/pool-secrets";
import { openServicePool, withTenant, type TenantPool } from "@/sdk/postgres/with-tenant";

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
  const [one, two] = canaryTenants(databaseName);
  const [first, second] = [await settle(driver, one), await settle(driver, two)];
  const address = new URL(driver.servicesAddress("readwrite").url);
  address.username = driver.servicesAddress("readwrite").username ?? "";
  address.password = secrets.readwritePassword.reveal();
  const service = openServicePool({ connectionString: address.href, ssl: false, max: 4 });
  // Statements run one at a time, so what the server says belongs to the one that is running.
  const said: string[] = [];
  service.on("connect", (client) => client.on("notice", ({ message }) => said.push(message ?? "")));
  try {
    return await withTenant(service, first, (firstPool) =>
      withTenant(service, second, async (secondPool) => {
        const connectAs = (tenant: string) => fenced(tenant === one.tenant ? firstPool : secondPool, said);
        for (const tenant of [one, two]) await keepRows(await connectAs(tenant.tenant), tenant);
        const targets = await targetsIn(driver);
        return prove(connectAs, { ...targets, canaries: canariesOf([one, two]), attempts, seed });
      }),
    );
  } finally {
    await service.end();
  }
}

const targetsIn = (driver: PoolDriver) =>
  driver.readCatalogs(async (client) => {
    const all = await readShapes(client, "tenant_id");
    const shapes = all.filter(({ schema }) => schema === canaryRelease.schema);
    // Functions of packages are called as everybody may call them; sequences keep what is done to them.
    const { functions } = await readSurroundings(client, all);
    const { sequences } = await readSurroundings(client, shapes);
    return { shapes, surroundings: { functions, sequences } };
  });

const canariesOf = (tenants: readonly CanaryTenant[]) =>
  tenants.flatMap(({ tenant, rows }) =>
    rows.map(({ id, note }) => ({
      tenant: String(tenant),
      schema: canaryRelease.schema,
      table: "canary",
      key: id,
      secret: note,
    })),
  );

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
