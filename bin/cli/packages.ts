import type { Command } from "commander";
import { z } from "zod";
import { isDomainError } from "@/server/kernel/errors";
import type { PackageFiles } from "@/server/packages/files";
import type { CheckedPackage } from "@/server/packages/read";
import { connect } from "./client";
import { addPackageVerbs } from "./package-verbs";
import { printList, withListOptions, type ListOptions } from "./pages";
import { ago, print, printJson, printTable } from "./print";
import { Refused } from "./refused";

/** `check`, `publish`, `list` and `show`; the rest is beside them. */
export function addPackages(program: Command): void {
  const group = program.command("package").description("packages: the schemas that services own");
  group
    .command("check <folder>")
    .description("read a package's folder and say what is wrong with it; needs no server")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  freehold package check examples/packages/students")
    .action(check);
  group
    .command("publish <folder>")
    .description("publish the version that the folder holds; for operators")
    .option("--draft", "keep it as a draft, which nobody can install")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nThe same content twice is fine. What is published never changes.\n\nExample:\n  freehold package publish examples/packages/students",
    )
    .action(publish);
  withListOptions(group.command("list").description("list packages")).action(list);
  group
    .command("show <name>")
    .description("a package with its versions")
    .option("--json", "print JSON")
    .action(show);
  addPackageVerbs(group);
}

async function read(folder: string): Promise<{ files: PackageFiles; checked: CheckedPackage }> {
  // The parsers take longer to load than most commands take.
  const [{ readFolder }, { readPackage }] = await Promise.all([
    import("@/server/packages/folder"),
    import("@/server/packages/read"),
  ]);
  try {
    const files = readFolder(folder);
    return { files, checked: await readPackage(files) };
  } catch (error) {
    throw isDomainError(error) ? new Refused(error.message) : error;
  }
}

async function check(folder: string, options: { json?: boolean }): Promise<void> {
  const { release, tables } = (await read(folder)).checked;
  const { package: name, version, checksum, schema, engines, migrations } = release;
  if (options.json) {
    const files = migrations.flatMap(({ sqlite, postgres }) => {
      const named = new Set([sqlite?.file, postgres?.file]);
      return [...named].filter((file) => file !== undefined);
    });
    printJson({
      package: name,
      version,
      checksum,
      schema,
      engines,
      files,
      tables: tables.map((table) => table.name),
    });
    return;
  }
  print(
    `${name} ${version} is sound for ${engines.join(" and ")}: ${migrations.length} migrations, schema ${schema}.`,
  );
  if (tables.length > 0) print(`Tables: ${tables.map((table) => table.name).join(", ")}`);
}

const Version = z.object({
  version: z.string(),
  status: z.string(),
  checksum: z.string(),
  engines: z.array(z.string()),
  statement_count: z.number(),
  deprecation_reason: z.string(),
  created_by: z.string(),
  created_at: z.string(),
});
const Published = z.object({ package: z.string(), version: Version, is_new: z.boolean() });

async function publish(folder: string, options: { draft?: boolean; json?: boolean }): Promise<void> {
  const { files } = await read(folder);
  const sent = Object.entries(files).map(([path, text]) => ({ path, text }));
  const answer = await connect().send("POST", "/packages", { files: sent, draft: options.draft ?? false });
  if (options.json) {
    printJson(answer);
    return;
  }
  const { package: name, version, is_new: isNew } = Published.parse(answer);
  const what = version.status === "draft" ? "kept as a draft" : version.status;
  print(
    `${name} ${version.version} is ${isNew ? "" : "already "}${what}, checksum ${version.checksum.slice(0, 12)}.`,
  );
}

const Listed = z.object({
  name: z.string(),
  schema: z.string(),
  owner_service: z.string(),
  newest_version: z.string().nullable(),
  version_count: z.number(),
  updated_at: z.string(),
});

async function list(options: ListOptions): Promise<void> {
  await printList(connect(), { path: "/packages", query: {} }, options, {
    row: Listed,
    head: ["NAME", "NEWEST", "VERSIONS", "SCHEMA", "OWNER", "CHANGED"],
    cells: (row) => [
      row.name,
      row.newest_version ?? "none",
      String(row.version_count),
      row.schema,
      row.owner_service,
      ago(row.updated_at),
    ],
    empty: "There is no package yet. Publish one: freehold package publish <folder>",
  });
}

const Shown = z.object({
  name: z.string(),
  schema: z.string(),
  owner_service: z.string(),
  description: z.string(),
  versions: z.array(Version),
});

async function show(name: string, options: { json?: boolean }): Promise<void> {
  const answer = await connect().get(`/packages/${encodeURIComponent(name)}`);
  if (options.json) {
    printJson(answer);
    return;
  }
  const found = Shown.parse(answer);
  print(`${found.name}, schema ${found.schema}, of ${found.owner_service}`);
  if (found.description !== "") print(found.description);
  printTable(
    ["VERSION", "STATUS", "ENGINES", "STATEMENTS", "CHECKSUM", "BY", "MADE"],
    found.versions.map((row) => [
      row.version,
      row.deprecation_reason === "" ? row.status : `${row.status}: ${row.deprecation_reason}`,
      row.engines.join(", "),
      String(row.statement_count),
      row.checksum.slice(0, 12),
      row.created_by,
      ago(row.created_at),
    ]),
  );
}
