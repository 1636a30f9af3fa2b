import { Option, type Command } from "commander";
import { z } from "zod";
import { credentialScopes } from "@/server/domain/credentials/names";
import { serviceScopes } from "@/server/domain/services/names";
import { Service } from "./answers";
import { connect } from "./client";
import { dangerous, mayGoOn, type DangerOptions } from "./danger";
import { days } from "./durations";
import { printList, readAll, withListOptions, type ListOptions } from "./pages";
import { ago, note, print, printJson } from "./print";
import { Refused } from "./refused";

const path = "/fleet/services";

export function addServices(program: Command): void {
  const service = program.command("service").description("your services and their keys; for operators");
  service
    .command("add <name>")
    .description("register a service and print its key this once")
    .addOption(
      new Option("--scope <scope...>", "what its key may ask for: everything when left out").choices(
        serviceScopes,
      ),
    )
    .addOption(
      new Option("--credentials <scope>", "what the credentials that it gets allow")
        .choices(credentialScopes)
        .default("readwrite"),
    )
    .addOption(new Option("--days <days>", "how long the key lives").argParser(days))
    .option("--json", "print JSON, with the key in it")
    .addHelpText(
      "after",
      "\nStandard output gets the key and nothing else.\n\nExample:\n  freehold service add Orders > orders.key",
    )
    .action(add);
  withListOptions(service.command("list").description("list services; never with a key")).action(list);
  dangerous(service.command("revoke <service>").description("refuse a service's key from now on")).action(
    revoke,
  );
}

interface AddOptions {
  scope?: string[];
  credentials: string;
  days?: number;
  json?: boolean;
}

const Added = z.object({ service: Service, key: z.string() });

async function add(name: string, options: AddOptions): Promise<void> {
  const { scope, credentials, days: life } = options;
  const body = { name, scopes: scope, credential_scope: credentials, days: life };
  const answer = await connect().send("POST", path, body);
  const { service, key } = Added.parse(answer);
  if (options.json) {
    printJson(answer);
    return;
  }
  const ends = service.expires_at === null ? "lives until it is revoked" : `ends ${ago(service.expires_at)}`;
  note(`${name} is registered. Its key is shown this once and ${ends}. Id: ${service.id}`);
  print(key);
}

async function list(options: ListOptions): Promise<void> {
  await printList(connect(), { path, query: {} }, options, {
    row: Service,
    head: ["ID", "NAME", "KEY", "MAY", "CREDENTIALS", "ENDS", "LAST USED"],
    cells: (row) => [
      row.id,
      row.name,
      `${row.start}…`,
      row.scopes.join(", "),
      row.credential_scope,
      row.revoked_at === null ? (row.expires_at === null ? "never" : ago(row.expires_at)) : "revoked",
      row.last_used_at === null ? "never" : ago(row.last_used_at),
    ],
    empty: "There is no such service.",
  });
}

async function revoke(named: string, options: DangerOptions): Promise<void> {
  const client = connect();
  const known = await readAll(client, { path, query: {} }, Service);
  const found = known.filter(
    ({ id, name, revoked_at }) => id === named || (name === named && revoked_at === null),
  );
  const [service, another] = found;
  if (!service) throw new Refused(`There is no service ${named}. Look with: freehold service list`);
  if (another) throw new Refused(`There are several services named ${named}. Name it by its id.`);
  if (service.revoked_at !== null) throw new Refused(`The key of ${service.name} is revoked already.`);
  const about = `The key of ${service.name} is refused from now on. Credentials that it holds go on until they are rotated.`;
  if (!(await mayGoOn({ ...options, action: "revoke", to: { service: service.id }, about }))) return;
  const answer = await client.send("DELETE", `${path}/${service.id}`);
  if (options.json) printJson(answer);
  else print(`The key of ${service.name} is revoked.`);
}
