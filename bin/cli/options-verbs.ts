import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { z } from "zod";
import { connect, type Client } from "./client";
import { dangerous, mayGoOn, type DangerOptions } from "./danger";
import { getEnvironment } from "./place";
import { print, printJson } from "./print";
import { Refused } from "./refused";

const example = `freehold options set checkout acme/prod --value '{"express":true}' --reason "Summer sale"`;

/** `set`, `restore` and `clear`. */
export function addOptionsVerbs(group: Command): void {
  const expect = ["--expect <version>", "refuse when the current version is another one"] as const;
  const reason = ["--reason <text>", "why; it stands in the history"] as const;
  group
    .command("set <name> [environment]")
    .description("replace what the environment has otherwise than the defaults")
    .option("--value <json>", "the overlay as JSON")
    .option("--file <path>", "a file that holds it; - reads standard input")
    .option(...expect)
    .option(...reason)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nWhat the overlay does not name, or names as null, stays as the defaults have it.\n\nExample:\n  ${example}`,
    )
    .action(set);
  group
    .command("restore <name> <version> [environment]")
    .description("put an earlier version back, as a new one")
    .option(...expect)
    .option(...reason)
    .option("--json", "print JSON")
    .action(restore);
  dangerous(group.command("clear <name> [environment]").description("go back to the defaults"))
    .option(...expect)
    .option(...reason)
    .action(clear);
}

interface ChangeOptions {
  expect?: string;
  reason?: string;
  json?: boolean;
}

const Saved = z.object({ name: z.string(), version: z.number() });

async function set(
  name: string,
  place: string | undefined,
  options: ChangeOptions & { value?: string; file?: string },
): Promise<void> {
  const value = readOverlay(options);
  const at = await addressOf(name, place);
  const body = { ...(await changeOf(at, options)), value };
  tell(await at.client.send("PUT", at.path, body), at, options);
}

function readOverlay({ value, file }: { value?: string; file?: string }): unknown {
  if ((value === undefined) === (file === undefined)) throw new Refused("Give either --value or --file.");
  const text = value ?? textIn(file ?? "");
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refused(`The overlay is not JSON: ${why}.`);
  }
}

function textIn(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new Refused(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface Address {
  client: Client;
  path: string;
  where: string;
  name: string;
}

async function addressOf(name: string, place: string | undefined): Promise<Address> {
  const client = connect();
  const { id, slug, organization } = await getEnvironment(client, place);
  const path = `/environments/${id}/options/${encodeURIComponent(name)}`;
  return { client, path, where: `${organization.slug}/${slug}`, name };
}

/** What every change says: which version it is based on, and why. */
async function changeOf({ client, path }: Address, { expect, reason }: ChangeOptions) {
  const expected = expect === undefined ? Saved.parse(await client.get(path)).version : versionIn(expect);
  return { expected_version: expected, ...(reason === undefined ? {} : { reason }) };
}

function versionIn(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Refused(`${text} is not a version: give its number.`);
}

function tell(answer: unknown, { where }: Address, { json }: { json?: boolean }): void {
  if (json) {
    printJson(answer);
    return;
  }
  const { name, version } = Saved.parse(answer);
  print(`${name} of ${where} is at version ${version}. Services have it within a second.`);
}

async function restore(
  name: string,
  version: string,
  place: string | undefined,
  options: ChangeOptions,
): Promise<void> {
  const at = await addressOf(name, place);
  const body = { version: versionIn(version), ...(await changeOf(at, options)) };
  tell(await at.client.send("POST", `${at.path}/restore`, body), at, options);
}

async function clear(
  name: string,
  place: string | undefined,
  options: ChangeOptions & DangerOptions,
): Promise<void> {
  const at = await addressOf(name, place);
  const about = `${name} of ${at.where} goes back to the defaults. Its versions stay and can be restored.`;
  const body = await changeOf(at, options);
  if (!(await mayGoOn({ ...options, action: "clear", to: { options: name, environment: at.where }, about })))
    return;
  tell(await at.client.send("POST", `${at.path}/clear`, body), at, options);
}
