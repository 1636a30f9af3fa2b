import { machine, rounded, type Result } from "./measure";

interface Bench {
  about: string;
  load(): Promise<{ run(): Promise<Result> }>;
}

const benches: Record<string, Bench> = {
  "provision-file": {
    about: "A tenant database in a file, against a bare durable copy",
    load: () => import("./provision-file"),
  },
  handles: {
    about: "10,000 opens over 2,000 databases with 1,024 file descriptors",
    load: () => import("./handles"),
  },
};

async function main(name: string | undefined): Promise<number> {
  if (name === "--list") {
    const lines = Object.entries(benches).map(([known, { about }]) => `${known.padEnd(20)} ${about}\n`);
    process.stdout.write(lines.join(""));
    return 0;
  }
  const bench = name !== undefined && Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench) {
    process.stderr.write(`Name one of: ${Object.keys(benches).join(", ")}, or --list.\n`);
    return 2;
  }
  const result = await (await bench.load()).run();
  const conditions = { ...result.conditions, ...machine() };
  process.stdout.write(`${JSON.stringify({ bench: name, ...result, conditions }, rounded)}\n`);
  return result.pass ? 0 : 1;
}

process.exitCode = await main(process.argv[2]);
