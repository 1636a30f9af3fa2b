import { InvalidArgumentError } from "commander";
import { z } from "zod";
import { Cluster } from "./answers";
import type { Client } from "./client";
import { readAll } from "./pages";
import { Refused } from "./refused";

export const clustersPath = "/fleet/clusters";

/** The cluster by its slug or its id. */
export async function getCluster(client: Client, named: string): Promise<Cluster> {
  if (z.uuid().safeParse(named).success) return Cluster.parse(await client.get(`${clustersPath}/${named}`));
  const found = await readAll(client, { path: clustersPath, query: {} }, Cluster, named);
  const cluster = found.find(({ slug }) => slug === named);
  if (cluster) return cluster;
  throw new Refused(`There is no cluster ${named}. Look with: freehold cluster list`);
}

/** A number of databases, or `none`: no limit. */
export function capacity(text: string): number | "none" {
  if (text === "none") return text;
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError("Give a whole number, or none.");
  return Number(text);
}

/** Collects `name=value`. */
export function label(text: string, given: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Give a label as name=value.");
  return { ...given, [text.slice(0, at)]: text.slice(at + 1) };
}
