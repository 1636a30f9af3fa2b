import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

function openControl(directory) {
  const path = join(directory, "control.db");
  return existsSync(path) ? new DatabaseSync(path, { timeout: 500 }) : null;
}

/** As if the ten seconds were over after which another process may take over from a dead one. */
export function endLeases(directory) {
  const db = openControl(directory);
  try {
    db?.exec("UPDATE sys_operation SET lease_expires_at = 1 WHERE lease_expires_at IS NOT NULL");
  } catch (error) {
    // It died before the table was there.
    if (!/no such table/.test(error.message)) throw error;
  } finally {
    db?.close();
  }
}

/** `ack <action> <id>` was said after the commit: the audit trail must have it. */
export function lostAcknowledgements(directory, lines) {
  const db = openControl(directory);
  if (!db) return ["there is no control plane"];
  const find = db.prepare(
    "SELECT count(*) AS n FROM sys_audit_entry WHERE action = ? AND environment_id = ?",
  );
  const acknowledged = new Set(lines.filter((line) => line.startsWith("ack ")));
  const lost = [...acknowledged].filter((line) => {
    const [, action, id] = line.split(" ");
    return find.get(action, id).n === 0;
  });
  db.close();
  return lost.map((line) => `lost: ${line}`);
}

/** The master secret and every key that was given out, searched in all files and in what was logged. */
export function secretsInClear(directory, lives) {
  const given = lives
    .flatMap((life) => life.lines)
    .filter((line) => line.startsWith("secret "))
    .map((line) => line.slice("secret ".length));
  const master = readFileSync(join(directory, "secret"), "utf8").trim();
  const places = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "secret")
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))]);
  for (const life of lives) {
    const logged = life.stdout
      .split("\n")
      .filter((line) => !line.startsWith("secret "))
      .join("\n");
    places.push(["standard output", Buffer.from(logged)], ["standard error", Buffer.from(life.stderr)]);
  }
  return [master, ...given].flatMap((secret) =>
    places.filter(([, bytes]) => bytes.includes(secret)).map(([name]) => `a secret in clear in ${name}`),
  );
}
