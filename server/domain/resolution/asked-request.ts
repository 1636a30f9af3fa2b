import type { Incoming } from "@/sdk/transports/incoming";
import { DomainError } from "@/server/kernel/errors";

/** A request as it would arrive at the service. */
export interface AskedRequest {
  transport: "http" | "grpc" | "message";
  method: string;
  path: string;
  /** Names in lower case; every value that a name has, in order. */
  headers: ReadonlyMap<string, readonly string[]>;
  /** What was left out or not looked at, a sentence each. */
  notes: readonly string[];
}

const name = /^:?[\w!#$%&'*+.^`|~-]+$/;

/** One line `Name: value` as a server would take it; throws `invalid`. */
export function readHeaderLine(line: string, field: string): [string, string] {
  const colon = line.indexOf(":", 1);
  const title = line.slice(0, colon).toLowerCase();
  if (colon < 1 || !name.test(title))
    throw new DomainError("invalid", "A header is a line such as X-Tenant-Id: acme.", { field });
  const value = line.slice(colon + 1).replaceAll(/^[ \t]+|[ \t]+$/g, "");
  // oxlint-disable-next-line no-control-regex -- these are what servers refuse in a value
  if (/[\0-\x08\x0a-\x1f\x7f]/.test(value))
    throw new DomainError("invalid", `The header ${title} has control characters: a server refuses it.`, {
      field,
    });
  return [title, value];
}

/** An address or a path taken apart: the host that a client would send, and the target. */
export function readTarget(target: string, field: string): { host: string | null; path: string } {
  const [, scheme, rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^]*)$/i.exec(target) ?? [];
  if (scheme === undefined) return { host: null, path: withoutFragment(target) };
  if (!/^https?$/i.test(scheme))
    throw new DomainError("invalid", "Only http and https addresses are looked at.", { field });
  const [, authority = "", path = ""] = /^([^/?#]*)([^]*)$/.exec(rest) ?? [];
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  if (!URL.canParse(`http://${host}/`))
    throw new DomainError("invalid", "The address has no host that could be asked for.", { field });
  return { host: hostOf(scheme, host), path: withoutFragment(path.startsWith("/") ? path : `/${path}`) };
}

/** Clients leave out the scheme's own port, and write names of other scripts in ASCII. */
function hostOf(scheme: string, host: string): string {
  return /^[\x21-\x7e]+$/.test(host) ? host : new URL(`${scheme}://${host}/`).host;
}

const withoutFragment = (path: string) => path.replace(/#[^]*$/, "");

/** The request as the SDK's collector reads it. Text arrives as bytes, which servers read as Latin-1. */
export function incomingOf(asked: AskedRequest, peer: string | null): Incoming<AskedRequest["headers"]> {
  return {
    transport: asked.transport,
    carrier: asked.headers,
    getter: {
      get: (headers, key) => headers.get(key)?.map((value) => Buffer.from(value, "utf8").toString("latin1")),
      keys: (headers) => [...headers.keys()],
    },
    method: asked.method,
    path: asked.path,
    peer,
    bodyDigest: () => Promise.resolve(""),
  };
}

/** The headers by name, each with all its values. */
export function gathered(lines: Iterable<readonly [string, string]>): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const [title, value] of lines) headers.set(title, [...(headers.get(title) ?? []), value]);
  return headers;
}
