import type { Command } from "commander";
import { z } from "zod";
import { Organization } from "./answers";
import { connect } from "./client";
import { dangerous, mayGoOn, type DangerOptions } from "./danger";
import { conclude } from "./follow";
import { printList, withListOptions, type ListOptions } from "./pages";
import { organizationOf } from "./place";
import { ago, print, printJson } from "./print";

export function addOrganizations(program: Command): void {
  const org = program.command("org").description("organizations");
  org
    .command("create <name>")
    .description("create an organization with its default environment")
    .option("--slug <slug>", "its slug; made from the name when left out")
    .option("--region <region>", "where its databases live unless said otherwise")
    .option("--tier <tier>", "standard, premium or enterprise; for operators")
    .option("--wait", "follow the creation to its end")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  freehold org create Acme --wait")
    .action(create);
  dangerous(
    org
      .command("fence [region]")
      .description("let the organization's data be in one region only, or lift that fence; for owners"),
  )
    .option("-o, --organization <slug>", "which organization")
    .option("--lift", "lift the fence")
    .addHelpText(
      "after",
      "\nRefused while any of its data is elsewhere: a fence moves nothing.\n\nExample:\n  freehold org fence eu-west -o acme",
    )
    .action(fence);
  withListOptions(org.command("list").description("list your organizations")).action(list);
}

interface CreateOptions {
  slug?: string;
  region?: string;
  tier?: string;
  wait?: boolean;
  json?: boolean;
}

const Created = z.object({
  organization: z.object({ slug: z.string() }),
  environment: z.object({ slug: z.string() }),
});

async function create(name: string, options: CreateOptions): Promise<void> {
  const client = connect();
  const { slug, region, tier } = options;
  const answer = await client.create("/organizations", { name, slug, region, tier });
  const { organization, environment } = Created.parse(answer);
  if (!options.json)
    print(
      `Organization ${organization.slug} is created, with the environment ${organization.slug}/${environment.slug}.`,
    );
  await conclude(client, answer, options);
}

async function fence(
  region: string | undefined,
  options: DangerOptions & { organization?: string; lift?: boolean },
  command: Command,
): Promise<void> {
  if ((region === undefined) === (options.lift === undefined))
    command.error("error: give either a region or --lift");
  const client = connect();
  const organization = await organizationOf(client, options.organization);
  const about =
    region === undefined
      ? `New data of ${organization} may be anywhere.`
      : `Data of ${organization} may only be in ${region}: nothing of it is placed anywhere else.`;
  if (!(await mayGoOn({ ...options, action: "fence", to: { organization }, about }))) return;
  const path = `/organizations/${encodeURIComponent(organization)}/residency`;
  const answer = await client.send("PUT", path, { residency: region ?? null });
  if (options.json) printJson(answer);
  else print(about);
}

async function list(options: ListOptions): Promise<void> {
  await printList(connect(), { path: "/organizations", query: {} }, options, {
    row: Organization,
    head: ["SLUG", "NAME", "TIER", "REGION", "ROLE", "CREATED"],
    cells: (row) => [row.slug, row.name, row.tier, row.region, row.role, ago(row.created_at)],
    empty: "You belong to no organization yet. Create one: freehold org create <name>",
  });
}
