import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { TursoDriver } from "@objectstack/driver-turso";
import {
  LocalSQLiteProjectDatabaseAdapter,
  ProjectProvisioningService,
  SysEnvironment,
  SysEnvironmentCredential,
  SysEnvironmentMember,
  type PeerObject,
} from "@objectstack/service-tenant";
import { openControlPlane } from "@/bench/control-plane";
import { interleave, of, withScratchDirectory, type Result } from "@/bench/measure";

const goal = 0.6;
const goalWithSchema = 0.2;
const rounds = 200;

/**
 * An environment from the call to active. The peer writes an empty file, three rows in three
 * transactions, and no audit; "with_schema" is what it takes to give that file the tables of ours.
 */
export async function run(): Promise<Result> {
  return withScratchDirectory(async (directory) => {
    const plane = await openControlPlane();
    const objects = tablesOf(plane.databases);
    const peer = await openPeer(directory);
    let bytes = 0;
    const times = await interleave(
      [
        { name: "ours", run: plane.provision },
        {
          name: "peer",
          run: async () => void (bytes = statSync(fileURLToPath(await peer.provision())).size),
        },
        {
          name: "with_schema",
          run: async () => {
            const tenant = new TursoDriver({ url: await peer.provision() });
            await tenant.connect();
            for (const object of objects) await tenant.syncSchema(object.name, object);
            await tenant.disconnect();
          },
        },
      ],
      { rounds, warmup: 60 },
    );
    await peer.close();
    await plane.end();
    const [ours, theirs, full] = [of(times, "ours"), of(times, "peer"), of(times, "with_schema")];
    const [ratio, ratioWithSchema] = [ours.p50 / theirs.p50, ours.p50 / full.p50];
    return {
      metric: "provision, against @objectstack/service-tenant, p50 (ms)",
      value: ours.p50,
      limit: theirs.p50,
      ratio,
      goal,
      pass: ratio <= goal && ratioWithSchema <= goalWithSchema,
      conditions: {
        rounds,
        p95: { value: ours.p95, limit: theirs.p95 },
        peer_file_bytes: bytes,
        with_schema: {
          tables: objects.length,
          limit: full.p50,
          ratio: ratioWithSchema,
          goal: goalWithSchema,
        },
        reference: "provisionProject of 4.1.0 with driver-turso 6.9.0: a local file and a control plane",
      },
    };
  });
}

async function openPeer(directory: string) {
  const controlPlaneDriver = new TursoDriver({ url: `file:${join(directory, "peer.db")}` });
  await controlPlaneDriver.connect();
  // Its own platform gives every object this column.
  const platform = { organization_id: { name: "organization_id", type: "text" } };
  for (const { name, fields } of [SysEnvironment, SysEnvironmentCredential, SysEnvironmentMember])
    await controlPlaneDriver.syncSchema(name, { name, fields: { ...platform, ...fields } });
  const databases = join(directory, "peer");
  mkdirSync(databases);
  const service = new ProjectProvisioningService({
    controlPlaneDriver,
    adapters: [new LocalSQLiteProjectDatabaseAdapter(databases)],
    defaultDriver: "sqlite",
  });
  return {
    /** The address of the new file. */
    async provision(): Promise<string> {
      const { environment, warnings = [] } = await service.provisionProject({
        organizationId: "00000000-0000-4000-8000-000000000001",
        displayName: "Environment",
        createdBy: "00000000-0000-4000-8000-000000000002",
      });
      if (warnings.length > 0) throw new Error(warnings.join(" "));
      return environment.databaseUrl;
    },
    close: () => controlPlaneDriver.disconnect(),
  };
}

/** Our tables, as the peer describes tables. */
function tablesOf(databases: string): PeerObject[] {
  const file = readdirSync(databases).find((entry) => entry.endsWith(".db"));
  const database = new DatabaseSync(join(databases, file ?? ""), { readOnly: true });
  const ask = (sql: string) => database.prepare(sql).all();
  const named = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
  const objects = ask(named).map(({ name }) => {
    const columns = ask(`SELECT name, type FROM pragma_table_info('${String(name)}') WHERE name <> 'id'`);
    const fields = columns.map(({ name: column, type }) => [
      String(column),
      { name: String(column), type: type === "INTEGER" ? "number" : "text" },
    ]);
    return { name: String(name), fields: Object.fromEntries(fields) };
  });
  database.close();
  return objects;
}
