import { DomainError } from "@/server/kernel/errors";

/** A place to connect to, with everything that the client would otherwise take from its surroundings. */
export interface ServerPlace {
  host: string;
  port: number;
  /** False: unencrypted. Otherwise the server's certificate must be valid for `servername`. */
  ssl: false | { rejectUnauthorized: true; servername: string; ca?: string };
}

export interface ServerUrl extends ServerPlace {
  user: string;
  password: string;
  database: string;
}

const hostShape = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\])$/i;
const verifying = ["require", "verify-ca", "verify-full"];

function refuse(message: string): never {
  throw new DomainError("invalid", message);
}

/**
 * Reads `postgresql://[user:password@]host[:port][/database][?sslmode=…]` and nothing else: other
 * query parameters could lead the client to another server or to files of this machine. Without
 * sslmode, a server on another machine must have a valid certificate. Never repeats the URL in its errors.
 */
export function parseServerUrl(text: string, caCertificate?: string): ServerUrl {
  const url = URL.canParse(text) ? new URL(text) : refuse("This is not the URL of a Postgres server.");
  if (!["postgres:", "postgresql:"].includes(url.protocol))
    refuse("The URL of a Postgres server starts with postgresql://.");
  if (!hostShape.test(url.hostname)) refuse("The URL of the Postgres server names no host.");
  if (url.hash !== "") refuse("The URL of the Postgres server must not have a fragment.");
  const database = decode(url.pathname.slice(1)) || "postgres";
  const sslmode = readSslMode(url.searchParams);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const encrypted = sslmode === null ? !isLoopback(host) : verifying.includes(sslmode);
  return {
    host,
    port: url.port === "" ? 5432 : Number(url.port),
    user: decode(url.username),
    password: decode(url.password),
    database,
    ssl: encrypted && { rejectUnauthorized: true, servername: host, ca: caCertificate },
  };
}

function readSslMode(parameters: URLSearchParams): string | null {
  const names = [...parameters.keys()];
  if (names.length > 1 || (names.length === 1 && names[0] !== "sslmode"))
    refuse("The URL of the Postgres server may have one parameter: sslmode.");
  const sslmode = parameters.get("sslmode");
  if (sslmode !== null && sslmode !== "disable" && !verifying.includes(sslmode))
    refuse("sslmode must be disable or verify-full.");
  return sslmode;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "::1";
}

function decode(part: string): string {
  let decoded = "";
  try {
    decoded = decodeURIComponent(part);
  } catch {
    refuse("This is not the URL of a Postgres server.");
  }
  // A NUL ends a field of the protocol early.
  for (const character of decoded) if (character < " ") refuse("This is not the URL of a Postgres server.");
  return decoded;
}
