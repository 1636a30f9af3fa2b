import { z } from "zod";
import { Environment } from "./answers";
import type { Client } from "./client";
import { readConfig } from "./config";
import { Refused } from "./refused";

export interface Place {
  organization: string;
  environment: string;
}

const example = "such as acme/prod";

/** `organization/environment`, or the environment alone in the organization that `env switch` chose. */
function readPlace(text: string | undefined): Place {
  const { place } = readConfig();
  if (text === undefined) {
    if (place) return place;
    throw new Refused(`Name an environment, ${example}, or choose one: freehold env switch acme/prod`);
  }
  const [first = "", second, ...more] = text.split("/");
  if (more.length > 0 || first === "" || second === "")
    throw new Refused(`${text} is not an environment: write organization/environment, ${example}.`);
  if (second !== undefined) return { organization: first, environment: second };
  if (!place)
    throw new Refused(`Name the organization too, ${example}, or choose one: freehold env switch acme/prod`);
  return { organization: place.organization, environment: first };
}

const addressOf = ({ organization, environment }: Place) =>
  `/organizations/${encodeURIComponent(organization)}/environments/${encodeURIComponent(environment)}`;

const isId = (text: string | undefined): text is string =>
  text !== undefined && z.uuid().safeParse(text).success;

export async function getEnvironment(client: Client, text: string | undefined): Promise<Environment> {
  return Environment.parse(
    await client.get(isId(text) ? `/environments/${text}` : addressOf(readPlace(text))),
  );
}

/** The id of an environment, which operators may name without being members. */
export async function getEnvironmentId(client: Client, text: string | undefined): Promise<string> {
  return isId(text) ? text : (await getEnvironment(client, text)).id;
}

/** The organization that was named, else the chosen one, else the only one there is. */
export async function organizationOf(client: Client, named: string | undefined): Promise<string> {
  const chosen = named ?? readConfig().place?.organization;
  if (chosen) return chosen;
  const { items } = z
    .object({ items: z.array(z.object({ slug: z.string() })) })
    .parse(await client.get("/organizations", { limit: 2 }));
  const [only, another] = items;
  if (only && !another) return only.slug;
  throw new Refused(
    only
      ? "Name the organization: --organization <slug>"
      : "You belong to no organization yet. Create one: freehold org create <name>",
  );
}
