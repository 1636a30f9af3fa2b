import { Option, type Command } from "commander";
import { z } from "zod";
import { clusterStates, driverKinds } from "@/server/domain/clusters/names";
import { slugFor } from "@/server/domain/environments/names";
import { Cluster } from "./answers";
import { readSecret } from "./ask";
import { connect } from "./client";
import { capacity, clustersPath as path, getCluster, label } from "./cluster-ref";
import { addClusterVerbs } from "./cluster-verbs";
import { conclude } from "./follow";
import { printList, withListOptions, type ListOptions } from "./pages";
import { ago, print, printFacts, printJson, size } from "./print";

export function addClusters(program: Command): void {
  const cluster = program.command("cluster").description("places that host databases; for operators");
  addAdd(cluster);
  withListOptions(cluster.command("list").description("list clusters"))
    .addOption(new Option("--driver <driver>", "only of this kind").choices(driverKinds))
    .addOption(new Option("--state <state>", "only in this state").choices(clusterStates))
    .action(list);
  cluster
    .command("show <cluster>")
    .description("show a cluster with what is on it")
    .option("--json", "print JSON")
    .action(show);
  addClusterVerbs(cluster);
}

function addAdd(cluster: Command): void {
  cluster
    .command("add <name>")
    .description("register a Postgres server or a Turso group, and test it")
    .addOption(
      new Option("--driver <driver>", "what it is").choices(["postgres", "turso"]).makeOptionMandatory(),
    )
    .requiredOption("--region <region>", "where it is")
    .option("--slug <slug>", "its slug; made from the name when left out")
    .addOption(new Option("--capacity <count>", "the most databases it takes").argParser(capacity))
    .option("--label <name=value>", "a label; may be given again", label)
    .option("--public-url <url>", "postgres: where clients find it, when that differs")
    .option("--private-network", "postgres: it is on a private network or on this machine")
    .option("--turso-organization <name>", "turso: the organization")
    .option("--turso-group <name>", "turso: the group")
    .option("--stdin", "read its secret from standard input")
    .option("--wait", "follow the connection test to its end")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nIts secret is the admin address (postgres) or a token of the platform API (turso). It is asked for,\nor read from FREEHOLD_CLUSTER_SECRET or standard input: arguments can be read by others.\n\nExample:\n  freehold cluster add Berlin --driver postgres --region eu-central --wait",
    )
    .action(add);
}

interface AddOptions {
  driver: "postgres" | "turso";
  region: string;
  slug?: string;
  capacity?: number | "none";
  label?: Record<string, string>;
  publicUrl?: string;
  privateNetwork?: boolean;
  tursoOrganization?: string;
  tursoGroup?: string;
  stdin?: boolean;
  wait?: boolean;
  json?: boolean;
}

const Added = z.object({ cluster: Cluster });

async function add(name: string, options: AddOptions): Promise<void> {
  const { driver, region, label: labels, publicUrl, privateNetwork, tursoOrganization, tursoGroup } = options;
  const client = connect();
  const secret = await readSecret({
    variable: "FREEHOLD_CLUSTER_SECRET",
    question: driver === "postgres" ? "Admin address (postgresql://…): " : "Token of the platform API: ",
    ...(options.stdin ? { stdin: true } : {}),
  });
  const answer = await client.send("POST", path, {
    name,
    slug: options.slug ?? slugFor(name),
    driver,
    region,
    capacity: options.capacity === "none" ? null : options.capacity,
    labels,
    public_url: publicUrl,
    allow_private_network: privateNetwork,
    turso_organization: tursoOrganization,
    turso_group: tursoGroup,
    ...(driver === "postgres" ? { admin_url: secret } : { api_token: secret }),
  });
  const { cluster } = Added.parse(answer);
  if (!options.json) print(`Cluster ${cluster.slug} is registered. It takes databases once it is tested.`);
  await conclude(client, answer, options);
}

async function list(options: ListOptions & { driver?: string; state?: string }): Promise<void> {
  const source = { path, query: { driver: options.driver, state: options.state } };
  await printList(connect(), source, options, {
    row: Cluster,
    head: ["SLUG", "NAME", "DRIVER", "REGION", "STATE", "DATABASES", ""],
    cells: (row) => [
      row.slug,
      row.name,
      row.driver,
      row.region,
      row.state,
      row.capacity === null ? String(row.database_count) : `${row.database_count} of ${row.capacity}`,
      row.state_reason,
    ],
    empty: "There is no such cluster.",
  });
}

const Load = Cluster.extend({
  storage_used_bytes: z.number(),
  by_status: z.record(z.string(), z.number()),
  created_at: z.string(),
});

async function show(named: string, options: { json?: boolean }): Promise<void> {
  const client = connect();
  const { id } = await getCluster(client, named);
  const answer = await client.get(`${path}/${id}`);
  if (options.json) {
    printJson(answer);
    return;
  }
  const cluster = Load.parse(answer);
  const pairs = (record: Record<string, unknown>) =>
    Object.entries(record)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(" ");
  printFacts({
    Cluster: cluster.slug,
    Name: cluster.name,
    Driver: cluster.driver,
    Region: cluster.region,
    State: cluster.state_reason ? `${cluster.state}: ${cluster.state_reason}` : cluster.state,
    Databases:
      cluster.capacity === null
        ? String(cluster.database_count)
        : `${cluster.database_count} of ${cluster.capacity}`,
    Environments: pairs(cluster.by_status),
    Size: size(cluster.storage_used_bytes),
    Labels: pairs(cluster.labels),
    Address: pairs(cluster.address),
    Marks: cluster.is_built_in ? "comes with the installation" : "",
    Added: ago(cluster.created_at),
    Id: cluster.id,
  });
}
