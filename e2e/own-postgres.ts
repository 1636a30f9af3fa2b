import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A Postgres that a person brings along, on this machine. */
export interface OwnPostgres {
  /** `postgresql://user:password@127.0.0.1:port/database` */
  addressOf(login: { user: string; password: string; database?: string }): string;
  /** Its superuser. */
  superuser: { user: string; password: string };
  stop(): Promise<void>;
}

export async function startOwnPostgres(port: number): Promise<OwnPostgres> {
  const password = "a long enough password";
  const directory = mkdtempSync(join(tmpdir(), "freehold-cluster-"));
  const program = join("server", "embedded-postgres", "start-child.ts");
  const server = spawn(
    process.execPath,
    ["--import", "./scripts/typescript.mjs", program, directory, String(port), password],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  await once(server.stdout, "data");
  return {
    addressOf: ({ user, password: secret, database = "postgres" }) =>
      `postgresql://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${database}`,
    superuser: { user: "freehold", password },
    async stop() {
      const gone = once(server, "exit");
      server.stdin.end();
      await gone;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
