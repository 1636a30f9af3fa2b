import type { IncomingMessage } from "node:http";
import { isDatabaseName } from "@/server/kernel/database-name";
import { isUuid } from "@/server/kernel/ids";
import type { Target } from "./access";
import { readHeader } from "./read-header";
import { RequestError } from "./request-error";

export type Route =
  { name: "health" } | { name: "version" } | { name: "pipeline" | "cursor"; target: Target };

const shape = /^(?:\/([^/]+))?\/(?:(health)|v[23](?:\/(pipeline|cursor))?)\/?$/;
const hostname = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

const nothingHere = () =>
  new RequestError(
    "NOT_FOUND",
    "There is nothing here. The address of a database ends with its name and a slash.",
    404,
  );

/** What a request asks for. Hosts and paths count in one spelling only. */
export function routeOf({ method, url = "", rawHeaders }: IncomingMessage): Route {
  const host = hostOf(rawHeaders);
  const [, database, health, verb] = shape.exec(url.split("?", 1)[0] ?? "") ?? [];
  const isVersion = health === undefined && verb === undefined;
  if (database === undefined ? !shape.test(url) : !isDatabaseName(database) && !isUuid(database))
    throw nothingHere();
  if (health !== undefined && database !== undefined) throw nothingHere();
  const wanted = verb === undefined ? "GET" : "POST";
  if (method !== wanted && !(wanted === "GET" && method === "HEAD"))
    throw new RequestError("METHOD_NOT_ALLOWED", `Use ${wanted} here.`, 405);
  if (verb === undefined) return { name: isVersion ? "version" : "health" };
  return {
    name: verb === "cursor" ? "cursor" : "pipeline",
    target: database === undefined ? { hostname: host } : { database },
  };
}

/** Exactly one Host, without port and final dot, in lower case. */
function hostOf(rawHeaders: readonly string[]): string {
  const hosts = readHeader(rawHeaders, "host");
  const [host = ""] = hosts;
  const name = host
    .toLowerCase()
    .replace(/:\d{1,5}$/, "")
    .replace(/\.$/, "");
  const isAddress = /^\[[0-9a-f:.]+\]$/.test(name);
  if (hosts.length !== 1 || (!isAddress && !hostname.test(name)))
    throw new RequestError("HOST_INVALID", "A request names one host.", 400);
  return name;
}
