import { Option, type Command } from "commander";
import { z } from "zod";
import { slugFor } from "@/server/domain/environments/names";
import { poolStates } from "@/server/domain/pools/names";
import { Pool } from "./answers";
import { connect } from "./client";
import { capacity, getCluster } from "./cluster-ref";
import { conclude } from "./follow";
import { printList, withListOptions, type ListOptions } from "./pages";
import { getPool, poolsPath as path } from "./pool-ref";
import { addPoolVerbs } from "./pool-verbs";
import { ago, print, printFacts, printJson, size } from "./print";

export function addPools(program: Command): void {
  const pool = program.command("pool").description("shared databases, home to many tenants; for operators");
  pool
    .command("create <name>")
    .description("make a pool on a Postgres cluster")
    .requiredOption("--cluster <cluster>", "where it is")
    .option("--slug <slug>", "its slug; made from the name when left out")
    .addOption(new Option("--capacity <count>", "the most tenants it takes").argParser(capacity))
    .option("--wait", "follow the operation to its end")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  freehold pool create Schools --cluster postgres --wait")
    .action(create);
  withListOptions(pool.command("list").description("list pools"))
    .addOption(new Option("--state <state>", "only in this state").choices(poolStates))
    .action(list);
  pool
    .command("show <pool>")
    .description("show a pool with its tenants and packages")
    .option("--json", "print JSON")
    .action(show);
  addPoolVerbs(pool);
}

interface CreateOptions {
  cluster: string;
  slug?: string;
  capacity?: number | "none";
  wait?: boolean;
  json?: boolean;
}

const Created = z.object({ pool: Pool });

async function create(name: string, options: CreateOptions): Promise<void> {
  const client = connect();
  const { id } = await getCluster(client, options.cluster);
  const answer = await client.send("POST", path, {
    name,
    slug: options.slug ?? slugFor(name),
    cluster: id,
    capacity: options.capacity === "none" ? null : options.capacity,
  });
  const { pool } = Created.parse(answer);
  if (!options.json) print(`Pool ${pool.slug} is registered. It takes tenants once its database is there.`);
  await conclude(client, answer, options);
}

const Row = Pool.extend({
  cluster: z.object({ slug: z.string(), region: z.string() }),
  package_count: z.number(),
});

async function list(options: ListOptions & { state?: string }): Promise<void> {
  await printList(connect(), { path, query: { state: options.state } }, options, {
    row: Row,
    head: ["SLUG", "NAME", "CLUSTER", "REGION", "STATE", "TENANTS", "PACKAGES", ""],
    cells: (row) => [
      row.slug,
      row.name,
      row.cluster.slug,
      row.cluster.region,
      row.state,
      row.capacity === null ? String(row.tenant_count) : `${row.tenant_count} of ${row.capacity}`,
      String(row.package_count),
      row.state_reason,
    ],
    empty: "There is no such pool. Make one with: freehold pool create",
  });
}

const Shown = Pool.extend({
  cluster: z.object({ slug: z.string(), region: z.string() }),
  storage_used_bytes: z.number(),
  packages: z.array(
    z.object({
      name: z.string(),
      desired: z.string(),
      observed: z.string().nullable(),
      status: z.string(),
      problem: z.string(),
      observed_at: z.string().nullable(),
    }),
  ),
});

async function show(named: string, options: { json?: boolean }): Promise<void> {
  const client = connect();
  const answer = await client.get(`${path}/${(await getPool(client, named)).id}`);
  if (options.json) return printJson(answer);
  const { packages, ...pool } = Shown.parse(answer);
  printFacts({
    Pool: `${pool.slug}, ${pool.name}`,
    State: pool.state_reason ? `${pool.state}: ${pool.state_reason}` : pool.state,
    Cluster: `${pool.cluster.slug} in ${pool.cluster.region}`,
    Database: pool.database_name,
    Tenants: pool.capacity === null ? String(pool.tenant_count) : `${pool.tenant_count} of ${pool.capacity}`,
    Storage: size(pool.storage_used_bytes),
  });
  for (const { name, desired, observed, status, problem, observed_at: at } of packages)
    print(
      `${name} ${observed ?? "none"}, ${status}${observed === desired ? "" : ` (to be ${desired})`}${at ? `, ${ago(at)}` : ""}${problem ? `: ${problem}` : ""}`,
    );
}
