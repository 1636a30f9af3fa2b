import { Option, type Command } from "commander";
import { z } from "zod";
import { driverKinds } from "@/server/domain/clusters/names";
import { environmentTypes } from "@/server/domain/environments/names";
import { tiers } from "@/server/domain/organizations/names";
import { connect, type Client } from "./client";
import { getCluster } from "./cluster-ref";
import { dangerous, mayGoOn, type DangerOptions } from "./danger";
import { print, printJson } from "./print";
import { Refused } from "./refused";

const path = "/fleet/placement/rules";

/** `rule add`, `rule remove` and `rule order`. */
export function addPlacementRules(placement: Command): void {
  const rule = placement.command("rule").description("rules, of which the first that matches decides");
  rule
    .command("add <name>")
    .description("append a rule; what it does not name matches everything")
    .addOption(new Option("--tier <tier>", "organizations of this tier").choices(tiers))
    .addOption(new Option("--type <type>", "environments of this type").choices(environmentTypes))
    .option("--region <region>", "what asks for this region")
    .option("--fenced", "organizations whose data must stay in its region")
    .option("--not-fenced", "the other organizations")
    .addOption(new Option("--cluster <cluster>", "leads to this cluster").conflicts("driver"))
    .addOption(new Option("--driver <driver>", "leads to any cluster of this kind").choices(driverKinds))
    .option("--shared", "into a pool there instead of a database of its own")
    .option("--off", "add it switched off")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExample:\n  freehold placement rule add 'Premium on Berlin' --tier premium --cluster berlin",
    )
    .action(add);
  dangerous(
    rule.command("remove <rule>").description("take a rule out, by its name or id; what it placed stays"),
  ).action(remove);
  rule
    .command("order <rules...>")
    .description("put all rules into this order, by their names or ids")
    .option("--json", "print JSON")
    .action(order);
}

export const Policy = z.object({
  preset: z.string(),
  rules: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      tier: z.string().nullable(),
      env_type: z.string().nullable(),
      region: z.string().nullable(),
      fenced: z.boolean().nullable(),
      cluster: z.object({ slug: z.string() }).nullable(),
      driver: z.string().nullable(),
      isolation: z.string(),
      is_enabled: z.boolean(),
    }),
  ),
});
export type Policy = z.infer<typeof Policy>;

export const readPolicy = async (client: Client): Promise<Policy> =>
  Policy.parse(await client.get("/fleet/placement"));

interface AddOptions {
  tier?: string;
  type?: string;
  region?: string;
  fenced?: boolean;
  notFenced?: boolean;
  cluster?: string;
  driver?: string;
  shared?: boolean;
  off?: boolean;
  json?: boolean;
}

async function add(name: string, options: AddOptions, command: Command): Promise<void> {
  const { tier, type, region, fenced, notFenced, cluster, driver, shared, off } = options;
  if (cluster === undefined && driver === undefined)
    command.error("error: say where it leads with --cluster or --driver");
  if (fenced && notFenced) command.error("error: give --fenced or --not-fenced, and not both");
  const client = connect();
  const answer = await client.send("POST", path, {
    name,
    tier,
    env_type: type,
    region,
    fenced: fenced ? true : notFenced ? false : undefined,
    cluster: cluster === undefined ? undefined : (await getCluster(client, cluster)).id,
    driver,
    isolation: shared ? "shared" : undefined,
    is_enabled: !off,
  });
  if (options.json) printJson(answer);
  else print(`${name} is the last rule now.`);
}

function pick({ rules }: Policy, named: string): Policy["rules"][number] {
  const [rule, another] = rules.filter(({ id, name }) => id === named || name === named);
  if (!rule) throw new Refused(`There is no rule ${named}. Look with: freehold placement show`);
  if (another) throw new Refused(`There are several rules named ${named}. Name it by its id.`);
  return rule;
}

async function remove(named: string, options: DangerOptions): Promise<void> {
  const client = connect();
  const rule = pick(await readPolicy(client), named);
  const about = `The rule ${rule.name} is removed. What it placed stays where it is.`;
  if (!(await mayGoOn({ ...options, action: "remove", to: { rule: rule.id }, about }))) return;
  const answer = await client.send("DELETE", `${path}/${rule.id}`);
  if (options.json) printJson(answer);
  else print(`The rule ${rule.name} is removed.`);
}

async function order(named: string[], options: { json?: boolean }): Promise<void> {
  const client = connect();
  const policy = await readPolicy(client);
  const rules = named.map((one) => pick(policy, one));
  const left = policy.rules.filter((rule) => !rules.includes(rule));
  if (left.length > 0)
    throw new Refused(`Name every rule. Missing: ${left.map(({ name }) => name).join(", ")}.`);
  const answer = await client.send("PUT", "/fleet/placement/order", { rules: rules.map(({ id }) => id) });
  if (options.json) printJson(answer);
  else print(`The order is: ${rules.map(({ name }) => name).join(", ")}.`);
}
