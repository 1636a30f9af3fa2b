import { Option, type Command } from "commander";
import { credentialRefusal, type CredentialAction } from "@/server/domain/credentials/state";
import { Credential, type Environment } from "./answers";
import { connect, type Client } from "./client";
import { dangerous, mayGoOn, type DangerOptions } from "./danger";
import { daysOrNever, seconds } from "./durations";
import { conclude } from "./follow";
import { readAll } from "./pages";
import { getEnvironment } from "./place";
import { print, printJson } from "./print";
import { Refused } from "./refused";
import { tellSecret, type SecretOptions } from "./tell-secret";

interface VerbOptions extends DangerOptions {
  environment?: string;
}

/** `rotate`, `revoke`, `schedule` and `rewrap`. */
export function addCredentialVerbs(credential: Command): void {
  dangerous(
    of(credential.command("rotate <id> [environment]")).description(
      "make the next secret and let the old one end in a while",
    ),
  )
    .addOption(
      new Option("--overlap <time>", "how long the old secret goes on working")
        .argParser(seconds)
        .default(3600, "1h"),
    )
    .option("--secret-only", "print the bare secret")
    .addHelpText("after", "\nExample:\n  freehold credential rotate 0195b1f0-… acme/prod --overlap 24h --yes")
    .action(rotate);
  dangerous(
    of(credential.command("revoke <id> [environment]")).description("end a login now, with its sessions"),
  )
    .requiredOption("--reason <text>", "why; the audit trail keeps it")
    .option("--wait", "follow it until its sessions at the database are ended")
    .action(revoke);
  of(credential.command("schedule <id> [environment]"))
    .description("have services' login rotated by itself")
    .addOption(
      new Option("--every <days>", "such as 30d, or never").argParser(daysOrNever).makeOptionMandatory(),
    )
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  freehold credential schedule 0195b1f0-… acme/prod --every 30d")
    .action(schedule);
  credential
    .command("rewrap")
    .description("move every stored secret to the current key, on the machine that has the control plane")
    .option("--new-version", "first add a key to the keyring of the data directory")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nThe server may be running. It can be stopped and run again.\nExit code 1 when a secret cannot be opened.",
    )
    // What opens secrets is loaded here and nowhere else.
    .action(async (options: { newVersion?: boolean; json?: boolean }) =>
      (await import("./rewrap")).rewrap(options),
    );
}

// The option says what the argument says, too.
const of = (command: Command) =>
  command.addOption(new Option("-e, --environment <environment>", "of which environment").hideHelp());

async function getCredential(client: Client, environment: Environment, id: string): Promise<Credential> {
  const path = `/environments/${environment.id}/credentials`;
  const credential = (await readAll(client, { path, query: {} }, Credential)).find((one) => one.id === id);
  if (credential) return credential;
  throw new Refused(
    `There is no such credential in ${nameOf(environment)}. Look with: freehold credential list ${nameOf(environment)}`,
  );
}

/** The id of a credential, and the environment when it is named: the chosen one otherwise. */
type Which = readonly [id: string, place: string | undefined];

async function openCredential([id, place]: Which, options: VerbOptions, action: CredentialAction) {
  if (place !== undefined && options.environment !== undefined)
    throw new Refused("Name the environment once: after the id, or with -e.");
  const client = connect();
  const environment = await getEnvironment(client, place ?? options.environment);
  const credential = await getCredential(client, environment, id);
  const refusal = credentialRefusal(action, credential);
  if (refusal) throw new Refused(`${credential.name}: ${refusal}`);
  const path = `/environments/${environment.id}/credentials/${credential.id}`;
  return { client, credential, path, place: nameOf(environment) };
}

const nameOf = ({ organization, slug }: Environment) => `${organization.slug}/${slug}`;

async function rotate(
  id: string,
  named: string | undefined,
  options: VerbOptions & SecretOptions & { overlap: number },
): Promise<void> {
  const { client, credential, path, place } = await openCredential([id, named], options, "rotate");
  const isDirect = credential.audience === "direct";
  const about = `The secret of ${credential.name} in ${place} is replaced. The old one ends after ${options.overlap} s${isDirect ? ": whoever holds it needs the new one" : "; services fetch the new one by themselves"}.`;
  const to = { credential: credential.id, environment: place };
  if (!(await mayGoOn({ ...options, action: "rotate", to, about }))) return;
  const answer = await client.send("POST", `${path}/rotate`, { overlap_seconds: options.overlap });
  if (isDirect)
    tellSecret(answer, options, {
      said: `${credential.name} has a new secret, shown this once. The old one ends in ${options.overlap} s.`,
      missing: "The database did not take the new one in time; the old one goes on working.",
    });
  else {
    if (!options.json) print(`${credential.name} is being rotated.`);
    await conclude(client, answer, options);
  }
}

async function revoke(
  id: string,
  named: string | undefined,
  options: VerbOptions & { reason: string; wait?: boolean },
): Promise<void> {
  const { client, credential, path, place } = await openCredential([id, named], options, "revoke");
  const about = `${credential.name} in ${place} is revoked: it is refused at once and its sessions end.${credential.audience === "services" ? " Services get another one by themselves." : ""}`;
  const to = { credential: credential.id, environment: place };
  if (!(await mayGoOn({ ...options, action: "revoke", to, about }))) return;
  const answer = await client.send("DELETE", path, { reason: options.reason });
  if (!options.json) print(`${credential.name} is being revoked.`);
  await conclude(client, answer, options);
}

async function schedule(
  id: string,
  named: string | undefined,
  options: { environment?: string; every: number | "never"; json?: boolean },
): Promise<void> {
  const { client, credential, path } = await openCredential([id, named], options, "schedule");
  const everyDays = options.every === "never" ? null : options.every;
  const answer = await client.send("PUT", `${path}/schedule`, { every_days: everyDays });
  if (options.json) printJson(answer);
  else if (everyDays === null) print(`${credential.name} is rotated only when somebody asks for it.`);
  else print(`${credential.name} is rotated every ${everyDays} days.`);
}
