import { Option, type Command } from "commander";
import { poolRefusal, type PoolAction } from "@/server/domain/pools/state";
import { connect } from "./client";
import { capacity } from "./cluster-ref";
import { dangerous, mayGoOn, type DangerOptions } from "./danger";
import { conclude } from "./follow";
import { getPool, poolsPath } from "./pool-ref";
import { print, printJson } from "./print";
import { Refused } from "./refused";

/** `install`, `update`, `drain`, `activate`, `retry` and `remove`. */
export function addPoolVerbs(pool: Command): void {
  dangerous(
    pool
      .command("install <pool> <package>")
      .description("bring a package into a pool, or to a newer version, for all of its tenants"),
  )
    .option("--version <version>", "which version; the newest that is published when left out")
    .option("--wait", "follow it to its end")
    .addHelpText("after", "\nExample:\n  freehold pool install schools com.example.students --yes --wait")
    .action(install);
  pool
    .command("update <pool>")
    .description("change its name or capacity")
    .option("--name <name>", "its new name")
    .addOption(new Option("--capacity <count>", "the most tenants it takes, or none").argParser(capacity))
    .option("--json", "print JSON")
    .action(update);
  dangerous(pool.command("drain <pool>").description("keep new tenants out; those in it stay")).action(drain);
  pool
    .command("activate <pool>")
    .description("put a draining pool back into use")
    .option("--json", "print JSON")
    .action(activate);
  pool
    .command("retry <pool>")
    .description("try again to make a pool that failed")
    .option("--wait", "follow the operation to its end")
    .option("--json", "print JSON")
    .action(retry);
  dangerous(pool.command("remove <pool>").description("drop an empty pool with its database"))
    .option("--wait", "follow the operation to its end")
    .action(remove);
}

async function openPool(named: string, action: PoolAction) {
  const client = connect();
  const pool = await getPool(client, named);
  const refusal = poolRefusal(action, { state: pool.state, tenantCount: pool.tenant_count });
  if (refusal) throw new Refused(`${pool.slug}: ${refusal}`);
  return { client, pool, path: `${poolsPath}/${pool.id}` };
}

async function install(
  named: string,
  name: string,
  options: DangerOptions & { version?: string; wait?: boolean },
): Promise<void> {
  const { client, pool, path } = await openPool(named, "install");
  const { version = "the newest version" } = options;
  const tenants = pool.tenant_count === 1 ? "its one tenant" : `its ${pool.tenant_count} tenants`;
  const about = `${name} is brought to ${version} in ${pool.slug}, for ${tenants} at once.`;
  if (!(await mayGoOn({ ...options, action: "install", to: { pool: pool.slug, package: name }, about })))
    return;
  const body = options.version === undefined ? {} : { version: options.version };
  const answer = await client.send("PUT", `${path}/packages/${encodeURIComponent(name)}`, body);
  await conclude(client, answer, options);
}

async function update(
  named: string,
  options: { name?: string; capacity?: number | "none"; json?: boolean },
): Promise<void> {
  const { client, pool, path } = await openPool(named, "update");
  const most = options.capacity === "none" ? null : options.capacity;
  const answer = await client.send("PATCH", path, { name: options.name, capacity: most });
  report(answer, options, `${pool.slug} is changed.`);
}

async function drain(named: string, options: DangerOptions): Promise<void> {
  const { client, pool, path } = await openPool(named, "drain");
  const about = `${pool.slug} takes no new tenant; those in it stay.`;
  if (!(await mayGoOn({ ...options, action: "drain", to: { pool: pool.slug }, about }))) return;
  report(await client.send("POST", `${path}/drain`), options, about);
}

async function activate(named: string, options: { json?: boolean }): Promise<void> {
  const { client, pool, path } = await openPool(named, "activate");
  report(await client.send("POST", `${path}/activate`), options, `${pool.slug} takes tenants again.`);
}

async function retry(named: string, options: { wait?: boolean; json?: boolean }): Promise<void> {
  const { client, path } = await openPool(named, "retry");
  await conclude(client, await client.send("POST", `${path}/retry`), options);
}

async function remove(named: string, options: DangerOptions & { wait?: boolean }): Promise<void> {
  const { client, pool, path } = await openPool(named, "remove");
  const { slug } = pool;
  const about = `The pool ${slug} is dropped with its database and its logins. That cannot be taken back.`;
  if (!(await mayGoOn({ ...options, action: "remove", to: { pool: slug }, about, word: slug }))) return;
  await conclude(client, await client.send("DELETE", path), options);
}

function report(answer: unknown, options: { json?: boolean }, sentence: string): void {
  if (options.json) printJson(answer);
  else print(sentence);
}
