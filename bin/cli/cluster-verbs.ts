import { Option, type Command } from "commander";
import { clusterRefusal, type ClusterAction } from "@/server/domain/clusters/state";
import type { Cluster } from "./answers";
import { connect } from "./client";
import { capacity, clustersPath, getCluster, label } from "./cluster-ref";
import { dangerous, mayGoOn, type DangerOptions } from "./danger";
import { conclude } from "./follow";
import { print, printJson } from "./print";
import { Refused } from "./refused";

/** `update`, `drain`, `activate`, `check`, `remove` and `admin-url`. */
export function addClusterVerbs(cluster: Command): void {
  cluster
    .command("update <cluster>")
    .description("change its name, region, capacity or labels")
    .option("--name <name>", "its new name")
    .option("--region <region>", "where it is")
    .addOption(new Option("--capacity <count>", "the most databases it takes, or none").argParser(capacity))
    .option("--label <name=value>", "a label; those that are not given again go", label)
    .option("--no-labels", "take its labels away")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  freehold cluster update berlin --capacity 500 --label rack=7")
    .action(update);
  dangerous(
    cluster.command("drain <cluster>").description("keep new databases off it; those on it stay"),
  ).action(drain);
  cluster
    .command("activate <cluster>")
    .description("put a draining cluster back into use")
    .option("--json", "print JSON")
    .action(activate);
  cluster
    .command("check <cluster>")
    .description("test an offline cluster again")
    .option("--wait", "follow the test to its end")
    .option("--json", "print JSON")
    .action(check);
  dangerous(
    cluster
      .command("remove <cluster>")
      .description("forget an empty cluster and its secret; what is there stays"),
  ).action(remove);
  cluster
    .command("admin-url <slug>")
    .description("print the superuser's URL of a Postgres, on the machine that has the control plane")
    .option("--database <name>", "in which database; pool show names a pool's", "postgres")
    .addHelpText("after", '\nExample:\n  psql "$(freehold cluster admin-url postgres)"')
    .action(async (slug: string, options: { database: string }) =>
      (await import("./admin-url")).adminUrl(slug, options),
    );
}

async function openCluster(named: string, action: ClusterAction) {
  const client = connect();
  const cluster = await getCluster(client, named);
  const { state, database_count: databaseCount, is_built_in: isBuiltIn } = cluster;
  const refusal = clusterRefusal(action, { state, databaseCount, isBuiltIn });
  if (refusal) throw new Refused(`${cluster.slug}: ${refusal}`);
  return { client, cluster, path: `${clustersPath}/${cluster.id}` };
}

interface UpdateOptions {
  name?: string;
  region?: string;
  capacity?: number | "none";
  label?: Record<string, string>;
  labels: boolean;
  json?: boolean;
}

async function update(named: string, options: UpdateOptions): Promise<void> {
  const { client, cluster, path } = await openCluster(named, "update");
  const { name, region, capacity: most, label: labels } = options;
  const changes = {
    name,
    region,
    capacity: most === "none" ? null : most,
    labels: options.labels ? labels : {},
  };
  const answer = await client.send("PATCH", path, changes);
  report(answer, options, `${cluster.slug} is changed.`);
}

async function drain(named: string, options: DangerOptions): Promise<void> {
  const { client, cluster, path } = await openCluster(named, "drain");
  const about = `${cluster.slug} takes no new database; ${databasesOf(cluster)} on it stay in use.`;
  if (!(await mayGoOn({ ...options, action: "drain", to: { cluster: cluster.slug }, about }))) return;
  report(await client.send("POST", `${path}/drain`), options, about);
}

async function activate(named: string, options: { json?: boolean }): Promise<void> {
  const { client, cluster, path } = await openCluster(named, "activate");
  report(await client.send("POST", `${path}/activate`), options, `${cluster.slug} takes databases again.`);
}

async function check(named: string, options: { wait?: boolean; json?: boolean }): Promise<void> {
  const { client, path } = await openCluster(named, "check");
  await conclude(client, await client.send("POST", `${path}/check`), options);
}

async function remove(named: string, options: DangerOptions): Promise<void> {
  const { client, cluster, path } = await openCluster(named, "remove");
  const { slug } = cluster;
  const about = `The cluster ${slug} and its secret are forgotten. Nothing is deleted at the place itself.`;
  if (!(await mayGoOn({ ...options, action: "remove", to: { cluster: slug }, about, word: slug }))) return;
  report(await client.send("DELETE", path), options, `The cluster ${slug} is forgotten.`);
}

const databasesOf = ({ database_count: count }: Cluster) =>
  count === 1 ? "the database" : `the ${count} databases`;

function report(answer: unknown, options: { json?: boolean }, sentence: string): void {
  if (options.json) printJson(answer);
  else print(sentence);
}
