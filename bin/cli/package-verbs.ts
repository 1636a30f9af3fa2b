import type { Command } from "commander";
import { z } from "zod";
import { connect } from "./client";
import { dangerous, mayGoOn, type DangerOptions } from "./danger";
import { conclude } from "./follow";
import { printList, withListOptions, type ListOptions } from "./pages";
import { getEnvironment } from "./place";
import { print, printJson } from "./print";

/** `deprecate`, `install` and `installed`. */
export function addPackageVerbs(group: Command): void {
  dangerous(
    group
      .command("deprecate <name> <version>")
      .description("let nobody install a version any more; where it is, it stays; for operators"),
  )
    .requiredOption("--reason <text>", "why; whoever wants to install it reads it")
    .action(deprecate);
  dangerous(
    group
      .command("install <name> <environment>")
      .description("bring a package into an environment, or take it to a newer version"),
  )
    .option("--version <version>", "which version; the newest that is published when left out")
    .option("--wait", "follow it to its end")
    .addHelpText(
      "after",
      "\n--dry-run prints the statements that would run.\n\nExample:\n  freehold package install com.example.students acme/prod --wait",
    )
    .action(install);
  withListOptions(
    group.command("installed [environment]").description("the packages of an environment"),
  ).action(installed);
}

async function deprecate(
  name: string,
  version: string,
  options: DangerOptions & { reason: string },
): Promise<void> {
  const about = `Nobody installs ${name} ${version} any more. Where it is, it stays.`;
  if (!(await mayGoOn({ ...options, action: "deprecate", to: { package: name, version }, about }))) return;
  const path = `/packages/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}/deprecate`;
  const answer = await connect().send("POST", path, { reason: options.reason });
  if (options.json) printJson(answer);
  else print(`${name} ${version} is deprecated.`);
}

const Preview = z.object({
  version: z.string(),
  from: z.string().nullable(),
  engine: z.string(),
  files: z.array(z.object({ file: z.string(), statements: z.array(z.object({ sql: z.string() })) })),
});

async function install(
  name: string,
  place: string,
  options: DangerOptions & { version?: string; wait?: boolean },
): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, place);
  const path = `/environments/${environment.id}/packages/${encodeURIComponent(name)}`;
  const { version } = options;
  const preview = Preview.parse(await client.get(`${path}/preview`, { version }));
  const where = `${environment.organization.slug}/${environment.slug}`;
  const from = preview.from === null ? "" : ` on top of ${preview.from}`;
  const about = `${name} ${preview.version} is installed in ${where}${from}: ${preview.files.length} files for ${preview.engine}.`;
  if (options.dryRun && !options.json)
    for (const { file, statements } of preview.files)
      print(`-- ${file}\n${statements.map(({ sql }) => `${sql};`).join("\n")}\n`);
  const to = { package: name, version: preview.version, environment: where };
  if (!(await mayGoOn({ ...options, action: "install", to, about }))) return;
  await conclude(client, await client.send("POST", `${path}/install`, { version: preview.version }), options);
}

const Row = z.object({
  package: z.string(),
  status: z.string(),
  desired_version: z.string(),
  observed_version: z.string().nullable(),
  newest_version: z.string().nullable(),
  problem: z.string(),
});

async function installed(place: string | undefined, options: ListOptions): Promise<void> {
  const client = connect();
  const { id } = await getEnvironment(client, place);
  await printList(client, { path: `/environments/${id}/packages`, query: {} }, options, {
    row: Row,
    head: ["PACKAGE", "STATUS", "HAS", "IS TO HAVE", "NEWEST", "PROBLEM"],
    cells: (row) => [
      row.package,
      row.status,
      row.observed_version ?? "nothing yet",
      row.desired_version,
      row.newest_version ?? "none",
      row.problem,
    ],
    empty: "It has no package yet. Install one: freehold package install <name> <environment>",
  });
}
