import { setTimeout as delay } from "node:timers/promises";
import type { PoolClient } from "pg";

const patienceMs = 15_000;
const pauseMs = 10;

/**
 * Ends the sessions that a condition on pg_stat_activity names and waits until they are gone.
 * Looks twice in a row: a session that was being let in when the door was closed shows late.
 */
export async function endSessions(
  client: PoolClient,
  condition: string,
  values: (string | number)[],
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let quiet = 0;
  while (quiet < 2) {
    const { rows } = await client.query(
      `SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND ${condition}`,
      values,
    );
    quiet = rows.length === 0 ? quiet + 1 : 0;
    if (Date.now() > deadline) throw new Error("Sessions of the database do not end.");
    if (quiet < 2) await delay(pauseMs);
  }
}
