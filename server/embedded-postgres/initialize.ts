import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lchownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import type { Secret } from "@/server/kernel/secret";
import { majorVersion, type Binaries } from "./binaries";
import type { Place } from "./place";
import { isAlive } from "./postmaster";

export const superuser = "freehold";

// Each is one line, as the single-user mode takes it.
const closing = [
  "REVOKE ALL ON DATABASE template1 FROM PUBLIC;",
  "REVOKE ALL ON DATABASE postgres FROM PUBLIC;",
];

/**
 * Makes the data directory unless it is there, whole or not at all: it appears under its name
 * when it is complete and closed to everybody. Throws a sentence when another version made it.
 */
export async function initialize(
  binaries: Binaries,
  place: Place,
  { password, sync }: { password: Secret; sync: boolean },
): Promise<void> {
  removeUnfinished(place);
  if (!existsSync(place.data)) {
    const unpublished = mkdtempSync(`${place.data}.${process.pid}.`);
    try {
      if (place.owner) lchownSync(unpublished, place.owner.uid, place.owner.gid);
      await makeCluster(binaries, place, { directory: unpublished, password, sync });
      publish(unpublished, place.data);
    } finally {
      rmSync(unpublished, { recursive: true, force: true });
    }
  }
  const version = readFileSync(join(place.data, "PG_VERSION"), "utf8").trim();
  if (version === majorVersion) return;
  throw new Error(
    `${place.data} was made by Postgres ${version}, and this Freehold brings ${majorVersion}. Start the Freehold that made it and move its databases, or set FREEHOLD_POSTGRES_URL.`,
  );
}

async function makeCluster(
  binaries: Binaries,
  { owner }: Place,
  { directory, password, sync }: { directory: string; password: Secret; sync: boolean },
): Promise<void> {
  const passwordFile = `${directory}.password`;
  const options = [`--pgdata=${directory}`, `--username=${superuser}`, `--pwfile=${passwordFile}`];
  options.push("--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C");
  options.push("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions");
  if (!sync) options.push("--no-sync");
  try {
    writeFileSync(passwordFile, `${password.reveal()}\n`, { mode: 0o600 });
    if (owner) lchownSync(passwordFile, owner.uid, owner.gid);
    await run(binaries.initdb, options, owner);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  const single = ["--single", "-D", directory, "-c", `fsync=${sync ? "on" : "off"}`, "template1"];
  await run(binaries.postgres, single, owner, `${closing.join("\n")}\n`);
}

async function run(program: string, options: string[], owner: Place["owner"], input = ""): Promise<void> {
  const child = spawn(program, options, { ...owner, cwd: "/", env: environment, stdio: "pipe" });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  child.stdin.on("error", () => undefined).end(input);
  const [code]: unknown[] = await once(child, "close");
  const [out, err] = await said;
  // The single-user mode ends well even when a statement has failed.
  if (code !== 0 || err.includes("ERROR:")) throw new Error(`${basename(program)} failed: ${err || out}`);
}

/** Nothing of this process's own surroundings, which hold secrets. */
export const environment = {
  NODE_ENV: "production",
  PATH: "/usr/local/bin:/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
} as const;

function publish(unpublished: string, data: string): void {
  chmodSync(unpublished, 0o700);
  try {
    renameSync(unpublished, data);
  } catch (error) {
    // Another process was first, and then its directory is the one.
    if (!existsSync(join(data, "PG_VERSION"))) throw error;
  }
}

/** What a process left that ended while it made the directory. */
function removeUnfinished({ root, data }: Place): void {
  for (const name of readdirSync(root)) {
    const [, pid] = /^data\.(\d+)\./.exec(name) ?? [];
    if (pid === undefined || Number(pid) === process.pid || isAlive(Number(pid))) continue;
    rmSync(join(data, "..", name), { recursive: true, force: true });
  }
}
