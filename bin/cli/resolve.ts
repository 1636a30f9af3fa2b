import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { Option, type Command } from "commander";
import { z } from "zod";
import { presetNames } from "@/sdk/resolution/preset-names";
import { issuerAlgorithms, transports } from "@/server/domain/resolution/names";
import { connect } from "./client";
import { note, print, printFacts, printJson, printTable } from "./print";
import { Refused } from "./refused";

const refusedCode = 3;

export function addResolve(program: Command): void {
  program
    .command("resolve")
    .description("say which tenant a request belongs to, and why; for operators")
    .option("--curl <command>", "a curl command, which is read and never run; - reads it from standard input")
    .option(
      "--url <address>",
      "an address or a path; of gRPC /package.Service/Method; of a message its queue",
    )
    .option("-X, --method <method>", "the method: GET when left out")
    .option("-H, --header <line>", "a header or metadata as `Name: value`, again for each", gather, [])
    .addOption(new Option("--transport <kind>", "how it travels").choices(transports).default("http"))
    .addOption(
      new Option("--preset <policy>", "the service's policy").choices(presetNames).default("sharedDb"),
    )
    .option("--tenant <id>", "the tenant in the policy, for policies that have one")
    .option("--not-strict", "what a request says need not agree with that tenant")
    .option("--shared-host <host>", "a host that all tenants share, again for each", gather, [])
    .option("--session <id>", "the tenant in the session that the service keeps")
    .option("--peer <address>", "the address at the other end of the service's connection")
    .option("--hop <network>", "a trusted hop: an address or network of gateways, again for each", gather, [])
    .option("--service <name>", "the service that is asked: it names the audience of tokens and the login")
    .option("--issuer <name>", "take tokens of this issuer besides Freehold's, with --keys")
    .option("--keys <file>", "its JSON Web Key Set; nothing is fetched")
    .addOption(
      new Option("--algorithm <name>", "what it signs by").choices(issuerAlgorithms).default("EdDSA"),
    )
    .option("--json", "print JSON")
    .addHelpText("after", help)
    .action(explain);
}

const help = `
Exit codes: 0 it resolves, 3 it is refused, 1 it could not be asked.

A token in an argument stays in your shell's history; from standard input it does not.

Examples:
  freehold resolve --url https://acme.example.com/ --preset databasePerTenant
  freehold resolve --header "X-Tenant-Id: $TENANT" --peer 10.1.2.3 --hop 10.1.0.0/16
  pbpaste | freehold resolve --curl - --service students`;

const gather = (one: string, all: string[]) => [...all, one];

const Explained = z.object({
  policy: z.object({ name: z.string() }),
  hints: z.array(
    z.object({
      source: z.string(),
      label: z.string(),
      saw: z.array(z.string()),
      trusted: z.boolean(),
      because: z.string(),
      verdict: z.string(),
      place: z.string().nullable(),
      reason: z.string(),
    }),
  ),
  resolved: z.object({ tenant: z.string(), decided_by: z.string(), authenticated: z.boolean() }).nullable(),
  refusal: z.object({ code: z.string(), status: z.number(), message: z.string() }).nullable(),
  landing: z
    .object({
      tenant: z.object({
        id: z.string(),
        environment: z.string(),
        organization: z.string(),
        status: z.string(),
      }),
      placement: z.object({
        isolation: z.string(),
        driver: z.string(),
        region: z.string(),
        cluster: z.object({ slug: z.string() }),
        pool: z.object({ slug: z.string() }).nullable(),
      }),
      connection: z.object({
        url: z.string(),
        username: z.string().nullable(),
        scope: z.string(),
        credential: z.object({ generation: z.number() }).nullable(),
      }),
      schema_versions: z.array(z.object({ name: z.string(), version: z.string() })),
    })
    .nullable(),
  notes: z.array(z.string()),
});
type Explained = z.infer<typeof Explained>;

interface ResolveOptions {
  curl?: string;
  url?: string;
  method?: string;
  header: string[];
  transport: string;
  preset: string;
  tenant?: string;
  notStrict?: boolean;
  sharedHost: string[];
  session?: string;
  peer?: string;
  hop: string[];
  service?: string;
  issuer?: string;
  keys?: string;
  algorithm: string;
  json?: boolean;
}

async function explain(options: ResolveOptions, command: Command): Promise<void> {
  const { curl, url, method, header, transport, preset, tenant, session, peer, hop, service } = options;
  const hasParts = url !== undefined || header.length > 0;
  if ((curl === undefined) !== hasParts)
    command.error("error: give --curl, or --url and --header, and not both");
  const request =
    curl === undefined
      ? { target: url, headers: header, method, transport }
      : { curl: curl === "-" ? await text(process.stdin) : curl };
  const policy = { preset, tenant, strict: !options.notStrict, shared_hosts: options.sharedHost };
  const answer = await connect().send("POST", "/resolve", {
    issuer: await issuerOf(options, command),
    ...request,
    ...policy,
    session,
    peer,
    hops: hop,
    service,
  });
  const explained = Explained.parse(answer);
  if (options.json) printJson(answer);
  else tell(explained);
  const { refusal } = explained;
  if (refusal)
    throw new Refused(`Refused: ${refusal.code} (${refusal.status}). ${refusal.message}`, refusedCode);
}

async function issuerOf({ issuer, keys, algorithm }: ResolveOptions, command: Command) {
  if ((issuer === undefined) !== (keys === undefined)) command.error("error: give --issuer with --keys");
  return keys === undefined ? undefined : { issuer, keys: await readKeys(keys), algorithm };
}

async function readKeys(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new Refused(`${file} cannot be read.`);
  }
}

function tell({ policy, hints, resolved, landing, notes }: Explained): void {
  for (const one of notes) note(one);
  if (hints.length === 0) print(`Nothing on it is looked at by ${policy.name}.`);
  else
    printTable(
      ["SOURCE", "SAW", "TENANT", "TRUSTED", "VERDICT", "WHY"],
      hints.map(({ source, label, saw, place, trusted, because, verdict, reason }) => [
        label === source ? source : `${source} ${label}`,
        saw.map((one) => (one === "" ? "(empty)" : one)).join(" | ") || "–",
        place ?? "–",
        trusted ? "yes" : "no",
        verdict,
        `${reason} (${because})`,
      ]),
    );
  if (landing) tellLanding(landing, resolved);
}

function tellLanding(landing: NonNullable<Explained["landing"]>, resolved: Explained["resolved"]): void {
  const { tenant, placement, connection, schema_versions: versions } = landing;
  const { pool, cluster, isolation, driver, region } = placement;
  print("");
  printFacts({
    Tenant: `${tenant.organization}/${tenant.environment} (${tenant.id})`,
    Status: tenant.status,
    "Decided by": resolved
      ? `${resolved.decided_by}${resolved.authenticated ? "" : ", unauthenticated"}`
      : "",
    Placement: `${isolation}, ${pool ? `pool ${pool.slug} on ` : ""}${cluster.slug} (${driver}, ${region})`,
    Connection: connection.url,
    Login: connection.username ?? "",
    Credential: connection.credential
      ? `${connection.scope}, generation ${connection.credential.generation}`
      : `${connection.scope}, made when a service first asks`,
    Schema: versions.map(({ name, version }) => `${name} ${version}`).join(", "),
  });
}
