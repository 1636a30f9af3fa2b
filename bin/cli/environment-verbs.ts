import type { Command } from "commander";
import { z } from "zod";
import { environmentRefusal, type StatefulAction } from "@/server/domain/environments/state";
import type { Environment } from "./answers";
import { connect } from "./client";
import { dangerous, mayGoOn, type DangerOptions } from "./danger";
import { conclude } from "./follow";
import { getEnvironment } from "./place";
import { moment, print, printJson, size } from "./print";
import { Refused } from "./refused";

interface VerbOptions extends DangerOptions {
  reason?: string;
  wait?: boolean;
}

/** `suspend`, `resume`, `archive`, `delete`, `recover`, `purge` and `retry`. */
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
    env
      .command("delete <environment>")
      .description("refuse everybody and delete it for good when the recovery window is over"),
  )
    .option("--wait", "follow the deletion to its end, where there is no recovery window")
    .addHelpText("after", "\nExample:\n  freehold env delete acme/preview-7 --dry-run")
    .action(remove);
  env
    .command("recover <environment>")
    .description("put a deleted environment back into use, with its data and its credentials")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExample:\n  freehold env list --status deleted\n  freehold env recover acme/preview-7",
    )
    .action(recover);
  dangerous(
    env
      .command("purge <environment>")
      .description("end the recovery window of a deleted environment now; there is no way back"),
  )
    .option("--wait", "follow the deletion to its end")
    .action(purge);
  env
    .command("retry [environment]")
    .description("try a failed creation or deletion again")
    .option("--wait", "follow it to its end")
    .option("--json", "print JSON")
    .action(retry);
}

const nameOf = (environment: Environment) => `${environment.organization.slug}/${environment.slug}`;

/** Refuses what cannot be now; then says what would happen, or asks. */
async function mayDo(
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
  return mayGoOn({ ...options, action, to: { environment: nameOf(environment) } });
}

async function suspend(name: string | undefined, options: VerbOptions): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, name);
  const about = `${nameOf(environment)} is suspended: every service is refused until it is resumed, its data stays.`;
  if (!(await mayDo("suspend", environment, { ...options, about }))) return;
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
  if (!(await mayDo("archive", environment, { ...options, about }))) return;
  const answer = await client.send("POST", `/environments/${environment.id}/archive`, {
    reason: options.reason,
  });
  report(
    answer,
    options,
    `${nameOf(environment)} is archived. Bring it back: freehold env resume ${nameOf(environment)}`,
  );
}

const Deleted = z.object({
  operation: z.object({ id: z.string() }).nullable(),
  recoverable_until: z.string().nullable(),
});

const databaseOf = ({ placement }: Environment) =>
  `${placement.database_name} (${size(placement.storage_used_bytes)})`;

async function remove(name: string, options: VerbOptions): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, name);
  const { slug } = environment;
  const about = `${nameOf(environment)} is deleted: everybody is refused at once, and its database ${databaseOf(environment)} goes for good when the recovery window is over.`;
  if (!(await mayDo("delete", environment, { ...options, about, word: slug }))) return;
  const answer = await client.send(
    "DELETE",
    `/environments/${environment.id}?confirm=${encodeURIComponent(slug)}`,
  );
  const { operation, recoverable_until: until } = Deleted.parse(answer);
  if (operation) {
    if (!options.json) print(`${nameOf(environment)} is being deleted.`);
    await conclude(client, answer, options);
    return;
  }
  report(
    answer,
    options,
    `${nameOf(environment)} is deleted. Until ${moment(until ?? "")} it can be recovered: freehold env recover ${nameOf(environment)}`,
  );
}

async function recover(name: string, options: VerbOptions): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, name);
  const answer = await client.send("POST", `/environments/${environment.id}/recover`);
  report(answer, options, `${nameOf(environment)} is active again.`);
}

async function purge(name: string, options: VerbOptions): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, name);
  const { slug } = environment;
  const about = `${nameOf(environment)} goes for good with its database ${databaseOf(environment)}. There is no way back.`;
  if (!(await mayDo("purge", environment, { ...options, about, word: slug }))) return;
  const answer = await client.send("POST", `/environments/${environment.id}/purge`, { confirm: slug });
  if (!options.json) print(`${nameOf(environment)} is being deleted for good.`);
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
