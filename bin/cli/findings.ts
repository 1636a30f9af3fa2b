import { Option, type Command } from "commander";
import { z } from "zod";
import { environmentTypes, slugFor } from "@/server/domain/environments/names";
import { findingKinds } from "@/server/domain/findings/names";
import { Finding } from "./answers";
import { connect, type Client } from "./client";
import { dangerous, mayGoOn, type DangerOptions } from "./danger";
import { conclude } from "./follow";
import { printList, readAll, withListOptions, type ListOptions } from "./pages";
import { organizationOf } from "./place";
import { ago, print, size } from "./print";
import { Refused } from "./refused";

const path = "/fleet/findings";

export function addFindings(program: Command): void {
  const finding = program
    .command("finding")
    .description("what does not match between registry and databases; for operators");
  withListOptions(finding.command("list").description("list what the newest comparison found"))
    .addOption(new Option("--kind <kind>", "only of this kind").choices(findingKinds))
    .action(list);
  finding
    .command("check")
    .description("compare registry and databases now")
    .option("--wait", "follow it to its end")
    .option("--json", "print JSON")
    .action(check);
  finding
    .command("adopt <finding>")
    .description("make an environment of a database that no one owns")
    .requiredOption("--name <name>", "the name of the environment")
    .addOption(new Option("--type <type>", "its type").choices(environmentTypes).makeOptionMandatory())
    .option("-o, --organization <slug>", "of which organization")
    .option("--slug <slug>", "its slug; made from the name when left out")
    .option("--wait", "follow it until services have a credential")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExample:\n  freehold finding adopt 0195b1f0-… -o acme --name Restored --type staging",
    )
    .action(adopt);
  dangerous(
    finding
      .command("destroy <finding>")
      .description("destroy a database that no one owns; there is no way back"),
  )
    .option("--wait", "follow it to its end")
    .action(destroy);
}

async function list(options: ListOptions & { kind?: string }): Promise<void> {
  await printList(connect(), { path, query: { kind: options.kind } }, options, {
    row: Finding,
    head: ["ID", "KIND", "DATABASE", "OF", "SIZE", "WHAT"],
    cells: (row) => [row.id, row.kind, row.database_name, row.subject, size(row.size_bytes), row.problem],
    empty: (page) => nothingFound(page, options.search !== undefined || options.kind !== undefined),
  });
}

const Compared = z.object({ checked_at: z.string().nullable() });

function nothingFound(page: unknown, isFiltered: boolean): string {
  const { checked_at } = Compared.parse(page);
  if (checked_at === null) return "Nothing was compared yet. Do it now: freehold finding check --wait";
  return isFiltered ? "No such finding." : `Registry and databases match. Compared ${ago(checked_at)}.`;
}

async function check(options: { wait?: boolean; json?: boolean }): Promise<void> {
  const client = connect();
  await conclude(client, await client.send("POST", `${path}/check`, {}), options);
}

async function getOrphan(client: Client, id: string) {
  const known = await readAll(client, { path, query: {} }, Finding);
  const finding = known.find((one) => one.id === id);
  if (!finding) throw new Refused("There is no such finding. Compare again: freehold finding check --wait");
  if (finding.kind === "orphan") return finding;
  throw new Refused("Only an orphan can be adopted or destroyed.");
}

interface AdoptOptions {
  name: string;
  type: string;
  organization?: string;
  slug?: string;
  wait?: boolean;
  json?: boolean;
}

const Adopted = z.object({ environment: z.object({ slug: z.string(), organization: z.string() }) });

async function adopt(id: string, options: AdoptOptions): Promise<void> {
  const client = connect();
  const finding = await getOrphan(client, id);
  const organization = await organizationOf(client, options.organization);
  const { name, type, slug = slugFor(name) } = options;
  const body = { organization, name, slug, env_type: type };
  const answer = await client.send("POST", `${path}/${finding.id}/adopt`, body);
  const { environment } = Adopted.parse(answer);
  if (!options.json)
    print(`${finding.database_name} is the environment ${environment.organization}/${environment.slug} now.`);
  await conclude(client, answer, options);
}

async function destroy(id: string, options: DangerOptions & { wait?: boolean }): Promise<void> {
  const client = connect();
  const finding = await getOrphan(client, id);
  const word = finding.database_name;
  const about = `The database ${word} (${size(finding.size_bytes)}) is destroyed. There is no way back.`;
  const to = { finding: finding.id, database: word };
  if (!(await mayGoOn({ ...options, action: "destroy", to, about, word }))) return;
  const answer = await client.send("DELETE", `${path}/${finding.id}`, { confirm: word });
  if (!options.json) print(`${word} is being destroyed.`);
  await conclude(client, answer, options);
}
