import type { Command } from "commander";
import { z } from "zod";
import { connect } from "./client";
import { addOptionsVerbs } from "./options-verbs";
import { printList, withListOptions, type ListOptions } from "./pages";
import { getEnvironment } from "./place";
import { ago, print, printFacts, printJson } from "./print";

/** `list`, `show` and `history`; what changes something is beside them. */
export function addOptions(program: Command): void {
  const group = program
    .command("options")
    .description("options: what an environment has otherwise than the defaults of services");
  withListOptions(group.command("list [environment]").description("the sets of options")).action(list);
  group
    .command("show <name> [environment]")
    .description("what the environment has, and what stands in all")
    .option("--version <version>", "an earlier version")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  freehold options show checkout acme/prod")
    .action(show);
  withListOptions(
    group.command("history <name> [environment]").description("who changed what, the newest first"),
  ).action(history);
  addOptionsVerbs(group);
}

const Listed = z.object({
  name: z.string(),
  version: z.number(),
  overrides: z.number(),
  service: z.string().nullable(),
  changed_at: z.string().nullable(),
  changed_by: z.string().nullable(),
});

async function list(place: string | undefined, options: ListOptions): Promise<void> {
  const client = connect();
  const { id } = await getEnvironment(client, place);
  await printList(client, { path: `/environments/${id}/options`, query: {} }, options, {
    row: Listed,
    head: ["NAME", "OVERRIDES", "VERSION", "OF", "CHANGED", "BY"],
    cells: (row) => [
      row.name,
      row.overrides === 0 ? "defaults" : String(row.overrides),
      String(row.version),
      row.service ?? "",
      row.changed_at === null ? "" : ago(row.changed_at),
      row.changed_by ?? "",
    ],
    empty: `It has no options yet. Set the first: freehold options set checkout --value '{"express":true}'`,
  });
}

const Shown = z.object({
  name: z.string(),
  version: z.number(),
  value: z.record(z.string(), z.unknown()),
  reason: z.string(),
  changed_at: z.string().nullable(),
  changed_by: z.string().nullable(),
  effective: z.record(z.string(), z.unknown()).optional(),
  mistakes: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
  definition: z.object({ service: z.string() }).nullish(),
});

async function show(
  name: string,
  place: string | undefined,
  options: { version?: string; json?: boolean },
): Promise<void> {
  const client = connect();
  const { id } = await getEnvironment(client, place);
  const path = `/environments/${id}/options/${encodeURIComponent(name)}`;
  const version = options.version === undefined ? "" : `/versions/${encodeURIComponent(options.version)}`;
  const answer = await client.get(path + version);
  if (options.json) {
    printJson(answer);
    return;
  }
  const found = Shown.parse(answer);
  printFacts({
    Options: found.name,
    Version: found.version === 0 ? "none yet" : String(found.version),
    "Published by": found.definition?.service ?? "",
    Changed: found.changed_at === null ? "" : `${ago(found.changed_at)} by ${found.changed_by}`,
    Reason: found.reason,
  });
  for (const { path: key, message } of found.mistakes)
    print(`Does not fit: ${key ? `${key}: ` : ""}${message}`);
  print("\nOverlay:");
  printJson(found.value);
  if (!found.effective) return;
  print("\nWith the defaults:");
  printJson(found.effective);
}

const Version = z.object({
  version: z.number(),
  kind: z.enum(["set", "restore", "clear"]),
  restored_from: z.number().nullable(),
  reason: z.string(),
  changed_at: z.string(),
  changed_by: z.string(),
  changes: z.array(z.object({ path: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
});

async function history(name: string, place: string | undefined, options: ListOptions): Promise<void> {
  const client = connect();
  const { id } = await getEnvironment(client, place);
  const path = `/environments/${id}/options/${encodeURIComponent(name)}/versions`;
  await printList(client, { path, query: {} }, options, {
    row: Version,
    head: ["VERSION", "WHAT", "CHANGES", "REASON", "BY", "WHEN"],
    cells: (row) => [
      String(row.version),
      row.restored_from === null ? row.kind : `${row.kind} ${row.restored_from}`,
      row.changes.map(changeText).join(", "),
      row.reason,
      row.changed_by,
      ago(row.changed_at),
    ],
    empty: "It has no version yet: the defaults stand.",
  });
}

function changeText({ path, from, to }: z.infer<typeof Version>["changes"][number]): string {
  if (to === null) return `-${path}`;
  return from === null ? `+${path} ${to}` : `${path} ${from} → ${to}`;
}
