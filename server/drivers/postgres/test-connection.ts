import { lookup } from "node:dns/promises";
import { setTimeout as delay } from "node:timers/promises";
import ipaddr from "ipaddr.js";
import { DomainError } from "@/server/kernel/errors";
import { clientConfig, withClient } from "./connect";
import { parseServerUrl } from "./server-url";

export interface ConnectionTestOptions {
  /** Whether the server may be on this machine or in a private network. */
  allowPrivate: boolean;
  caCertificate?: string;
  /** Finds the addresses of a name. */
  resolve?(host: string): Promise<{ address: string }[]>;
}

const patienceMs = 5_000;
const privateRanges = ["private", "uniqueLocal", "carrierGradeNat", "loopback"];
/** Clouds tell secrets to whoever asks from inside; some do at addresses that look ordinary. */
const metadataAddresses = ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16"];

/**
 * Logs in to a Postgres server that an operator names, and gives its version. The name is resolved
 * once, and the connection goes to the address that was checked. Whatever is wrong is told in one
 * sentence, so that an answer tells nothing about networks that the caller cannot see.
 */
export async function testPostgresConnection(
  url: string,
  options: ConnectionTestOptions,
): Promise<{ version: string }> {
  const timer = new AbortController();
  const timeout = delay(patienceMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error("The server did not answer in time.");
  });
  try {
    return await Promise.race([connect(url, options), timeout]);
  } catch (error) {
    throw new DomainError(
      "precondition",
      "Freehold cannot log in to a Postgres server at this address. Check the URL, the password, and that the server can be reached from here.",
      { cause: error },
    );
  } finally {
    timer.abort();
    timeout.catch(() => undefined);
  }
}

async function connect(url: string, options: ConnectionTestOptions): Promise<{ version: string }> {
  const server = parseServerUrl(url, options.caCertificate);
  const resolve = options.resolve ?? ((host: string) => lookup(host, { all: true }));
  const addresses = await resolve(server.host);
  const [first] = addresses;
  if (!first || !addresses.every(({ address }) => isPermitted(address, options.allowPrivate)))
    throw new Error("The address is not one to connect to.");
  const limits = { connectMs: patienceMs, statementMs: patienceMs };
  return withClient(clientConfig({ ...server, host: first.address }, server, limits), async (client) => {
    const { rows } = await client.query<{ server_version: string }>("SHOW server_version");
    return { version: rows[0]?.server_version ?? "" };
  });
}

/** Ranges are named by what is permitted: a new kind of special address is refused. */
function isPermitted(text: string, allowPrivate: boolean): boolean {
  const address = ipaddr.process(text);
  if (metadataAddresses.some((metadata) => ipaddr.process(metadata).toString() === address.toString()))
    return false;
  const range = address.range();
  return range === "unicast" || (allowPrivate && privateRanges.includes(range));
}
