import type { Command } from "commander";
import { environmentRefusal, type StatefulAction } from "@/server/domain/environments/state";
import type { Environment } from "./answers";
import { confirm } from "./ask";
import { connect } from "./client";
import { conclude } from "./follow";
import { getEnvironment } from "./place";
import { print, printJson, size } from "./print";
import { Refused } from "./refused";

interface VerbOptions {
  reason?: string;
  dryRun?: boolean;
  yes?: boolean;
  wait?: boolean;
  json?: boolean;
}

/** `suspend`, `resume`, `archive`, `delete` and `retry`. */
export function addEnvironmentVerbs(env: Command): void {
  dangerous(
    env
      .command("suspend [environment]")
      .description("refuse every service until it is resumed; the data stays"),
  )
    .option("--reason <text>", "why; the people who find it suspended read it")
    .action(suspend);
  env
    .command("resume [environment]")
    .description("put a suspended or archived environment back into use")
    .option("--json", "print JSON")
    .action(resume);
  dangerous(env.command("archive [environment]").description("take it out of use and keep its data"))
    .requiredOption("--reason <text>", "why; the people who look for it read it")
    .action(archive);
  dangerous(
    env.command("delete <environment>").description("delete it and its database; there is no way back"),
  )
    .option("--wait", "follow the deletion to its end")
    .addHelpText("after", "\nExample:\n  freehold env delete acme/preview-7 --dry-run")
    .action(remove);
  env
    .command("retry [environment]")
    .description("try a failed creation or deletion again")
    .option("--wait", "follow it to its end")
    .option("--json", "print JSON")
    .action(retry);
}

function dangerous(command: Command): Command {
  return command
    .option("--dry-run", "say what would happen, and do nothing")
    .option("-y, --yes", "do it without being asked")
    .option("--json", "print JSON");
}

const nameOf = (environment: Environment) => `${environment.organization.slug}/${environment.slug}`;

/** Says what would happen, or asks; false when it was only to be said. */
async function mayGoOn(
  action: StatefulAction,
  environment: Environment,
  options: VerbOptions & { about: string; word?: string },
): Promise<boolean> {
  const refusal = environmentRefusal(action, {
    status: environment.status,
    isDefault: environment.is_default,
    isProtected: environment.is_protected,
  });
  if (refusal) throw new Refused(`${nameOf(environment)}: ${refusal}`);
  if (!options.dryRun) {
    await confirm(options);
    return true;
  }
  if (options.json)
    printJson({ dry_run: true, action, environment: nameOf(environment), about: options.about });
  else print(`Nothing was changed. Without --dry-run: ${options.about}`);
  return false;
}

async function suspend(name: string | undefined, options: VerbOptions): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, name);
  const about = `${nameOf(environment)} is suspended: every service is refused until it is resumed, its data stays.`;
  if (!(await mayGoOn("suspend", environment, { ...options, about }))) return;
  const answer = await client.send("POST", `/environments/${environment.id}/suspend`, {
    reason: options.reason ?? "",
  });
  report(
    answer,
    options,
    `${nameOf(environment)} is suspended. Bring it back: freehold env resume ${nameOf(environment)}`,
  );
}

async function resume(name: string | undefined, options: VerbOptions): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, name);
  const answer = await client.send("POST", `/environments/${environment.id}/resume`);
  report(answer, options, `${nameOf(environment)} is active again.`);
}

async function archive(name: string | undefined, options: VerbOptions): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, name);
  const about = `${nameOf(environment)} is archived: it is out of use, its data stays.`;
  if (!(await mayGoOn("archive", environment, { ...options, about }))) return;
  const answer = await client.send("POST", `/environments/${environment.id}/archive`, {
    reason: options.reason,
  });
  report(
    answer,
    options,
    `${nameOf(environment)} is archived. Bring it back: freehold env resume ${nameOf(environment)}`,
  );
}

async function remove(name: string, options: VerbOptions): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, name);
  const { placement, slug } = environment;
  const about = `${nameOf(environment)} is deleted with its database ${placement.database_name} (${size(placement.storage_used_bytes)}). There is no way back.`;
  if (!(await mayGoOn("delete", environment, { ...options, about, word: slug }))) return;
  const answer = await client.send(
    "DELETE",
    `/environments/${environment.id}?confirm=${encodeURIComponent(slug)}`,
  );
  if (!options.json) print(`${nameOf(environment)} is being deleted.`);
  await conclude(client, answer, options);
}

async function retry(name: string | undefined, options: VerbOptions): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, name);
  const answer = await client.send("POST", `/environments/${environment.id}/retry`);
  await conclude(client, answer, options);
}

function report(answer: unknown, options: VerbOptions, sentence: string): void {
  if (options.json) printJson(answer);
  else print(sentence);
}
