import { machine, rounded, withScratchDirectory, type Result } from "@/bench/measure";

interface Peer {
  about: string;
  load(): Promise<{ run(): Promise<Result> }>;
}

const peers: Record<string, Peer> = {
  page: {
    about: "A page through drizzle, against @usebetterdev/tenant",
    load: () => import("./page"),
  },
  provision: {
    about: "An environment from the call to active, against @objectstack/service-tenant",
    load: () => import("./provision"),
  },
  route: {
    about: "A repeated token to its tenant, against a route of @objectstack that verifies nothing",
    load: () => import("./route"),
  },
  cold: {
    about: "A first query on a closed file over HTTP, against the router of @objectstack behind node:http",
    load: () => import("./cold"),
  },
};

/** One line of JSON for each comparison, or for the one that is named. */
async function main(name: string | undefined): Promise<number> {
  const chosen = Object.entries(peers).filter(([known]) => name === undefined || known === name);
  if (chosen.length === 0) {
    const lines = Object.entries(peers).map(([known, { about }]) => `${known.padEnd(10)} ${about}\n`);
    process.stderr.write(`Name one of these, or none for all of them:\n${lines.join("")}`);
    return 2;
  }
  return withScratchDirectory(async (directory) => {
    process.env.FREEHOLD_DATA_DIR = directory;
    process.env.FREEHOLD_LOG_LEVEL ??= "error";
    let missed = 0;
    for (const [peer, { load }] of chosen) {
      const result = await (await load()).run();
      const conditions = { ...result.conditions, ...machine() };
      process.stdout.write(`${JSON.stringify({ peer, ...result, conditions }, rounded)}\n`);
      missed += result.pass ? 0 : 1;
    }
    return missed === 0 ? 0 : 1;
  });
}

process.exitCode = await main(process.argv[2]);
