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
  session: {
    about: "Who is asking, warm, against better-auth's getSession",
    load: () => import("./session"),
  },
  "sign-up": {
    about: "From signing up to the first active environment, through the doors",
    load: () => import("./sign-up"),
  },
  "round-trips": {
    about: "SQL round trips of every warm read",
    load: () => import("./round-trips"),
  },
  registry: {
    about: "Every list over a registry of 100,000 environments",
    load: () => import("./registry"),
  },
  console: {
    about: "JavaScript, paint and interaction of the built console in a slow browser",
    load: () => import("./console"),
  },
  handles: {
    about: "10,000 opens over 2,000 databases with 1,024 file descriptors",
    load: () => import("./handles"),
  },
};

async function main(name: string | undefined, quick: boolean): Promise<number> {
  if (name === "--list") {
    const lines = Object.entries(benches).map(([known, { about }]) => `${known.padEnd(20)} ${about}\n`);
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
