import type { Command } from "commander";
import { z } from "zod";
import { connect } from "./client";
import { getEnvironment } from "./place";
import { ago, note, print, printJson } from "./print";

export function addTokens(program: Command): void {
  program
    .command("token")
    .description("access tokens, to call services with")
    .command("issue")
    .description("issue a token for yourself in an environment, for one service; it lives five minutes")
    .option("-e, --environment <environment>", "where it is good: the current one when left out")
    .requiredOption("--audience <service>", "the service that it is for, as it names itself")
    .option("--json", "print JSON, with the token in it")
    .addHelpText(
      "after",
      '\nStandard output gets the token and nothing else.\n\nExample:\n  curl -H "Authorization: Bearer $(freehold token issue -e acme/prod --audience students)" …',
    )
    .action(issue);
}

const Issued = z.object({ token: z.string(), expires_at: z.string() });

interface IssueOptions {
  environment?: string;
  audience: string;
  json?: boolean;
}

async function issue({ environment: place, audience, json }: IssueOptions): Promise<void> {
  const client = connect();
  const environment = await getEnvironment(client, place);
  const answer = await client.send("POST", "/tokens", { environment: environment.id, audience });
  if (json) {
    printJson(answer);
    return;
  }
  const { token, expires_at } = Issued.parse(answer);
  note(`A token for ${audience}. It ends ${ago(expires_at)}.`);
  print(token);
}
