import { Option, type Command } from "commander";
import { z } from "zod";
import { slugFor } from "@/server/domain/environments/names";
import { isolations } from "@/server/domain/placement/names";
import { EnvironmentSummary, type Environment } from "./answers";
import { connect } from "./client";
import { readConfig, writeConfig } from "./config";
import { factsOfHeld } from "./environment-limits";
import { conclude } from "./follow";
import { printList, withListOptions, type ListOptions } from "./pages";
import { getEnvironment, organizationOf } from "./place";
import { printSteps } from "./placement-steps";
import { ago, moment, print, printFacts, printJson, printTable, size } from "./print";
import { Refused } from "./refused";

/** `create`, `list`, `show` and `switch`. */
export function addEnvironments(env: Command): void {
  env
    .command("create <name>")
    .description("create an environment with a database of its own")
    .requiredOption("--type <type>", "production, staging, test, development, sandbox, preview or trial")
    .option("-o, --organization <slug>", "in which organization")
    .option("--slug <slug>", "its slug; made from the name when left out")
    .option("--region <region>", "where its database lives; the organization's region when left out")
    .option("--driver <driver>", "only on such a cluster: sqlite, postgres or turso")
    .addOption(
      new Option("--isolation <kind>", "a database of its own, or rows in a pool").choices(isolations),
    )
    .option("--cluster <slug>", "on this cluster; for operators")
    .option("--pool <slug>", "in this pool; for operators")
    .option("--description <text>", "what it is for")
    .option("--wait", "follow the creation to its end")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  freehold env create Staging --type staging --wait")
    .action(create);
  withListOptions(env.command("list").description("list environments"))
    .option("-o, --organization <slug>", "of which organization")
    .option("--type <type>", "only of this type")
    .option("--status <status>", "only in this status; deleted shows what can be recovered")
    .action(list);
  env
    .command("show [environment]")
    .description("show an environment; the chosen one when none is named")
    .option("--database", "look into its database too")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  freehold env show acme/prod --database")
    .action(show);
  env
    .command("switch <environment>")
    .description("choose the environment that is meant when none is named")
    .addHelpText("after", "\nExample:\n  freehold env switch acme/staging")
    .action(choose);
}

interface CreateOptions {
  type: string;
  organization?: string;
  slug?: string;
  region?: string;
  driver?: string;
  isolation?: string;
  cluster?: string;
  pool?: string;
  description?: string;
  wait?: boolean;
  json?: boolean;
}

async function create(name: string, options: CreateOptions): Promise<void> {
  const client = connect();
  const organization = await organizationOf(client, options.organization);
  const slug = options.slug ?? slugFor(name);
  if (slug === "") throw new Refused(`No slug can be made from ${name}: give one with --slug.`);
  const { type, region, driver, isolation, cluster, pool, description } = options;
  const body = { name, slug, env_type: type, region, driver, isolation, cluster, pool, description };
  const answer = await client.create(`/organizations/${encodeURIComponent(organization)}/environments`, body);
  if (!options.json) print(`Environment ${organization}/${slug} is created.`);
  await conclude(client, answer, options);
}

async function list(
  options: ListOptions & { organization?: string; type?: string; status?: string },
): Promise<void> {
  const client = connect();
  const organization = await organizationOf(client, options.organization);
  const source = {
    path: `/organizations/${encodeURIComponent(organization)}/environments`,
    query: { type: options.type, status: options.status },
  };
  await printList(client, source, options, {
    row: EnvironmentSummary,
    head: ["SLUG", "NAME", "TYPE", "STATUS", "REGION", "SIZE", "CREATED", ""],
    cells: (row) => [
      row.slug,
      row.name,
      row.env_type,
      row.status,
      row.region,
      size(row.storage_used_bytes),
      ago(row.created_at),
      marksOf(row),
    ],
    empty: `There is no such environment in ${organization}.`,
  });
}

const marksOf = ({ is_default, is_protected }: { is_default: boolean; is_protected: boolean }) =>
  [is_default ? "default" : "", is_protected ? "protected" : ""].filter(Boolean).join(", ");

const Database = z.object({
  engine: z.string(),
  schema_version: z.number(),
  tables: z.array(
    z.object({ name: z.string(), rows: z.number(), rows_are_exact: z.boolean(), system: z.boolean() }),
  ),
});

async function show(
  name: string | undefined,
  options: { database?: boolean; json?: boolean },
): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, name);
  const database = options.database
    ? await client.get(`/environments/${environment.id}/database`)
    : undefined;
  if (options.json) {
    printJson({ ...environment, ...(database === undefined ? {} : { database }) });
    return;
  }
  printFacts(factsOf(environment));
  if (environment.placement.why.length > 0) {
    print("");
    printSteps(environment.placement.why);
  }
  if (database === undefined) return;
  const { engine, schema_version, tables } = Database.parse(database);
  printFacts({ Engine: engine, "System schema": String(schema_version) });
  print("");
  printTable(
    ["TABLE", "ROWS", ""],
    tables.map((table) => [
      table.name,
      `${table.rows}${table.rows_are_exact ? "" : "+"}`,
      table.system ? "system" : "",
    ]),
  );
}

function factsOf(environment: Environment): Record<string, string> {
  const { placement } = environment;
  return {
    Environment: `${environment.organization.slug}/${environment.slug}`,
    Name: environment.name,
    Description: environment.description,
    Type: environment.env_type,
    Status: environment.status_reason
      ? `${environment.status}: ${environment.status_reason}`
      : environment.status,
    "Gone for good": environment.purge_at === null ? "" : moment(environment.purge_at),
    Marks: marksOf(environment),
    Region: environment.region,
    Host: environment.hostname,
    Database: `${placement.database_name}, ${placement.isolation}, ${placement.driver} on ${placement.cluster.slug}`,
    ...factsOfHeld(placement),
    "Your role": environment.role,
    Created: ago(environment.created_at),
    Id: environment.id,
  };
}

async function choose(name: string): Promise<void> {
  const { organization, slug } = await getEnvironment(connect(), name);
  writeConfig({ ...readConfig(), place: { organization: organization.slug, environment: slug } });
  print(`Switched to ${organization.slug}/${slug}.`);
}
