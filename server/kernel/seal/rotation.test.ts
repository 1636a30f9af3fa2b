import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { localFileKeys, mintKeyring } from "./keys/local-file";
import { createOpener } from "./open";
import { algorithm } from "./sealed";

const lives = 6;

test("keys that are rotated under load, by a process that is killed again and again, leave every secret readable", async () => {
  const directory = mkdtempSync(join(tmpdir(), "freehold-rotation-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  await mintKeyring(directory, () => Promise.resolve(false));
  const path = join(directory, "secrets.db");
  const db = new DatabaseSync(path, { timeout: 5000 });
  onTestFinished(() => db.close());
  db.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE secrets (id TEXT PRIMARY KEY, token_cipher TEXT, wrapped_key TEXT, kms_key_id TEXT, kek_version TEXT)`);
  const opener = createOpener(localFileKeys(directory));

  /** Opens every secret as this process sees it now; gives how many there are under which version. */
  const readAll = async () => {
    const versions = new Map<string, number>();
    for (const row of db.prepare("SELECT * FROM secrets").all()) {
      const kekVersion = String(row.kek_version);
      const columns = { tokenCipher: String(row.token_cipher), wrappedKey: String(row.wrapped_key) };
      const sealed = { ...columns, kmsKeyId: String(row.kms_key_id), kekVersion, alg: algorithm } as const;
      const id = String(row.id);
      expect((await opener.open(sealed, { kind: "cluster", id })).reveal()).toBe(`secret of ${id}`);
      versions.set(kekVersion, (versions.get(kekVersion) ?? 0) + 1);
    }
    return versions;
  };

  for (let life = 0; life < lives; life++) {
    const child = spawn(
      process.execPath,
      [
        "--import",
        "./scripts/typescript.mjs",
        join(import.meta.dirname, "rotation-child.ts"),
        directory,
        path,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const ended = once(child, "exit");
    await Promise.race([once(child.stdout, "data"), ended]);
    // Reading takes its time, so the child is killed somewhere in a later round.
    for (let reads = 0; reads <= life; reads++) await readAll();
    child.kill("SIGKILL");
    expect(await ended).toEqual([null, "SIGKILL"]);
    await readAll();
    // What the refusal tells a person to do, who knows that the process is dead.
    rmSync(join(directory, "keyring.json.lock"), { force: true });
  }

  const versions = await readAll();
  const total = [...versions.values()].reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThanOrEqual(lives * 10);
  process.stdout.write(
    `Rotation: ${lives} kills, ${total} secrets, all readable, under ${[...versions.keys()].join(", ")}.\n`,
  );
}, 120_000);
