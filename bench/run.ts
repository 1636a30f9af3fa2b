import { machine, rounded, withScratchDirectory, type Result } from "./measure";

interface Bench {
  about: string;
  /** Loaded when its turn comes: modules of the server read their settings as they load. */
  load(): Promise<{ run(options: { quick: boolean }): Promise<Result> }>;
}

const benches: Record<string, Bench> = {
  "provision-file": {
    about: "A tenant database in a file, against a bare durable copy",
    load: () => import("./provision-file"),
  },
  provision: {
    about: "An environment from the call to active, against a bare durable copy",
    load: () => import("./provision"),
  },
  "provision-growth": {
    about: "The same with 10,000 environments against few",
    load: () => import("./provision-growth"),
  },
  "postgres-provision": {
    about: "A Postgres database with a login, against a bare copy of its template",
    load: () => import("./postgres-provision"),
  },
  "postgres-warm": {
    about: "The same from a pool of databases made in advance",
    load: () => import("./postgres-warm"),
  },
  "postgres-cold": {
    about: "A service's first query of a tenant on Postgres, against bare connecting and asking",
    load: () => import("./postgres-cold"),
  },
  "pool-policy": {
    about: "Reads under the policies of a pool, against WHERE without them",
    load: () => import("./pool-policy"),
  },
  "pool-context": {
    about: "The same with the tenant's context, one tenant after the other",
    load: () => import("./pool-context"),
  },
  "pool-latency": {
    about: "The same over a network with a delay",
    load: () => import("./pool-latency"),
  },
  "pool-drizzle": {
    about: "The same through drizzle",
    load: () => import("./pool-drizzle"),
  },
  "pool-skew": {
    about: "Reads of a tenant that has four fifths of a pool",
    load: () => import("./pool-skew"),
  },
  "pool-vast": {
    about: "A tenant's reads among 5,000,000 rows of 1,000 tenants, against a tenth of both",
    load: () => import("./pool-vast"),
  },
  "pool-insert": {
    about: "A durable row in a pool, against the same without policies",
    load: () => import("./pool-insert"),
  },
  "pool-onboard": {
    about: "A tenant into a pool of 100,000, against a bare INSERT",
    load: () => import("./pool-onboard"),
  },
  "pool-attacks": {
    about: "50,000 attempts of one tenant on another's rows in a pool",
    load: () => import("./pool-attacks"),
  },
  "resolve-token": {
    about: "From a token to its tenant, warm, against bare jose.jwtVerify",
    load: () => import("./resolve-token"),
  },
  "resolve-repeat": {
    about: "The same for a token that was there before",
    load: () => import("./resolve-repeat"),
  },
  "resolve-host": {
    about: "A header or a host to its tenant, warm",
    load: () => import("./resolve-host"),
  },
  session: {
    about: "Who is asking, warm, against better-auth's getSession",
    load: () => import("./session"),
  },
  seal: {
    about: "Sealing, opening and re-wrapping a secret, against bare AES-256-GCM",
    load: () => import("./seal"),
  },
  "sign-up": {
    about: "From signing up to the first active environment, through the doors",
    load: () => import("./sign-up"),
  },
  "round-trips": {
    about: "SQL round trips of every warm read",
    load: () => import("./round-trips"),
  },
  pages: {
    about: "SQL round trips of every page of the built console",
    load: () => import("./pages"),
  },
  registry: {
    about: "Every list over a registry of 100,000 environments",
    load: () => import("./registry"),
  },
  console: {
    about: "JavaScript, paint and interaction of the built console in a slow browser",
    load: () => import("./console"),
  },
  "connection-info": {
    about: "Where a tenant lives, told to a service over HTTP",
    load: () => import("./connection-info"),
  },
  "data-server-read": {
    about: "A point read through the data server, against bare node:http",
    load: () => import("./data-server-read"),
  },
  "data-server-cold": {
    about: "A first query on a closed database, against bare node:http that opens the file",
    load: () => import("./data-server-cold"),
  },
  "data-server-open": {
    about: "Memory of the data server with 1,000 databases open and in use",
    load: () => import("./data-server-open"),
  },
  "data-server-neighbour": {
    about: "Reads next door to a statement that runs to its limit",
    load: () => import("./data-server-neighbour"),
  },
  "rotation-files": {
    about: "20 rotations under 100 requests a second, on files",
    load: async () => ({ run: (await import("./rotation")).rotationOf("sqlite") }),
  },
  "rotation-postgres": {
    about: "20 rotations under 100 requests a second, on Postgres",
    load: async () => ({ run: (await import("./rotation")).rotationOf("postgres") }),
  },
  "resolve-cold": {
    about: "A tenant that a service has not heard of yet, asked for over loopback",
    load: () => import("./resolve-cold"),
  },
  "resolve-memory": {
    about: "Memory and hits of a service that knows 100,000 tenants",
    load: () => import("./resolve-memory"),
  },
  "resolve-read": {
    about: "From a known token to a row of the tenant, against the bare pooled read",
    load: () => import("./resolve-read"),
  },
  suspend: {
    about: "The latest success after a suspension under 200 requests a second, in two processes",
    load: () => import("./suspend"),
  },
  endpoint: {
    about: "A JSON endpoint that resolves its tenant from a token, against bare node:http",
    load: () => import("./endpoint"),
  },
  "gateway-throughput": {
    about: "Requests through the gateway, against the proxy library by itself",
    load: () => import("./gateway-throughput"),
  },
  "gateway-latency": {
    about: "What the gateway adds to a request at half load",
    load: () => import("./gateway-latency"),
  },
  handles: {
    about: "10,000 opens over 2,000 databases with 1,024 file descriptors",
    load: () => import("./handles"),
  },
};

async function main(name: string | undefined, quick: boolean): Promise<number> {
  if (name === "--list") {
    const lines = Object.entries(benches).map(([known, { about }]) => `${known.padEnd(22)} ${about}\n`);
    process.stdout.write(lines.join(""));
    return 0;
  }
  const bench = name !== undefined && Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench) {
    process.stderr.write(
      `Name one of: ${Object.keys(benches).join(", ")}, or --list; --quick measures less.\n`,
    );
    return 2;
  }
  const result = await withScratchDirectory(async (directory) => {
    process.env.FREEHOLD_DATA_DIR = directory;
    process.env.FREEHOLD_LOG_LEVEL ??= "error";
    return (await bench.load()).run({ quick });
  });
  const conditions = { ...result.conditions, ...machine() };
  process.stdout.write(`${JSON.stringify({ bench: name, ...result, conditions }, rounded)}\n`);
  return result.pass ? 0 : 1;
}

process.exitCode = await main(process.argv[2], process.argv.includes("--quick"));
