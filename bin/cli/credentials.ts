import { Option, type Command } from "commander";
import { credentialScopes, credentialStatuses } from "@/server/domain/credentials/names";
import { Credential, IssuedCredential } from "./answers";
import { connect } from "./client";
import { addCredentialVerbs } from "./credential-verbs";
import { days } from "./durations";
import { printList, withListOptions, type ListOptions } from "./pages";
import { getEnvironment } from "./place";
import { ago } from "./print";
import { tellSecret, withSecretOptions, type SecretOptions } from "./tell-secret";

export function addCredentials(program: Command): void {
  const credential = program.command("credential").description("logins to an environment's database");
  withSecretOptions(credential.command("issue [environment]"))
    .description("issue a login for a person, a script or a tool, and print its secret this once")
    .requiredOption("--name <name>", "what it is for")
    .addOption(
      new Option("--scope <scope>", "what it allows").choices(credentialScopes).makeOptionMandatory(),
    )
    .addOption(new Option("--days <days>", "how long it lives: 90 when left out").argParser(days))
    .addOption(new Option("--no-expiry", "let it live until it is revoked").conflicts("days"))
    .addHelpText(
      "after",
      "\nStandard output gets the lines that a program reads, and nothing else.\n\nExample:\n  freehold credential issue acme/prod --name Reports --scope readonly >> .env",
    )
    .action(issue);
  withListOptions(credential.command("list [environment]").description("list logins; never with a secret"))
    .addOption(new Option("--status <status>", "only in this status").choices(credentialStatuses))
    .action(list);
  addCredentialVerbs(credential);
}

interface IssueOptions extends SecretOptions {
  name: string;
  scope: string;
  days?: number;
  expiry: boolean;
}

async function issue(place: string | undefined, options: IssueOptions): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, place);
  const { name, scope, expiry } = options;
  const answer = await client.send("POST", `/environments/${environment.id}/credentials`, {
    name,
    scope,
    days: expiry ? options.days : null,
  });
  const { credential } = IssuedCredential.parse(answer);
  const ends =
    credential.expires_at === null ? "lives until it is revoked" : `ends ${ago(credential.expires_at)}`;
  tellSecret(answer, options, {
    said: `${name} (${scope}) is issued and ${ends}. Its secret is shown this once. Id: ${credential.id}`,
    missing: "The database did not take it in time. Issue another one when it answers again.",
  });
}

async function list(place: string | undefined, options: ListOptions & { status?: string }): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, place);
  const source = { path: `/environments/${environment.id}/credentials`, query: { status: options.status } };
  await printList(client, source, options, {
    row: Credential,
    head: ["ID", "NAME", "SCOPE", "FOR", "STATUS", "ENDS", "ROTATES", "LAST USED"],
    cells: (row) => [
      row.id,
      row.name,
      row.scope,
      row.audience,
      row.status,
      endOf(row),
      row.rotate_every_days === null ? "" : `every ${row.rotate_every_days} d`,
      row.last_used_at === null ? "never" : ago(row.last_used_at),
    ],
    empty: "There is no such credential.",
  });
}

function endOf({ status, revoke_after, expires_at }: Credential): string {
  if (status === "revoked") return "";
  const end = revoke_after ?? expires_at;
  return end === null ? "never" : ago(end);
}
