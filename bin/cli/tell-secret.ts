import type { Command } from "commander";
import { IssuedCredential } from "./answers";
import { note, print, printJson } from "./print";
import { Refused } from "./refused";

export interface SecretOptions {
  secretOnly?: boolean;
  json?: boolean;
}

export function withSecretOptions(command: Command): Command {
  return command
    .option("--secret-only", "print the bare secret")
    .option("--json", "print JSON, with the secret in it");
}

interface Words {
  said: string;
  /** Said when the answer has no secret, though it should. */
  missing: string;
}

/** Prints a new secret where a pipe takes it, and what people want to know beside it. */
export function tellSecret(answer: unknown, options: SecretOptions, { said, missing }: Words): void {
  const issued = IssuedCredential.parse(answer);
  if (options.json) printJson(answer);
  if (issued.secret === null)
    throw new Refused(`${missing} Look what happened: freehold operation show ${issued.operation.id}`);
  if (options.json) return;
  note(said);
  if (options.secretOnly) print(issued.secret);
  else for (const line of linesOf(issued, issued.secret)) print(line);
}

/** What a client needs, as lines of a `.env` file. */
function linesOf({ connection }: IssuedCredential, secret: string): string[] {
  const { url, username } = connection;
  if (connection.driver !== "postgres") return [`DATABASE_URL=${url}`, `DATABASE_AUTH_TOKEN=${secret}`];
  const login = `${encodeURIComponent(username ?? "")}:${encodeURIComponent(secret)}`;
  return [`DATABASE_URL=${url.replace("://", `://${login}@`)}`];
}
