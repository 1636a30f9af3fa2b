import { randomBytes } from "node:crypto";
import type { PoolClient } from "pg";
import { logger } from "@/server/kernel/logger";
import { copyTemplate } from "./copy";
import { hasCode, sqlstate } from "./postgres-errors";
import { runTogether, type Server } from "./server";

/** Copies of the template made in advance, so that a creation is a renaming. */
export interface WarmPool {
  /** True when a copy was given the name and the statements were run, all in one transaction. */
  claim(client: PoolClient, databaseName: string, statements: string[]): Promise<boolean>;
  /** Makes what is missing, in the background. */
  refill(): void;
  close(): Promise<void>;
}

const attempts = 3;

/** The beginning of the names of the copies of one template. */
export const warmPrefix = (hash: string) => `warm_${hash}`;

export function warmPool(
  server: Server,
  { size, hash, templateName }: { size: number; hash: string; templateName: () => Promise<string> },
): WarmPool {
  const ready = `datname LIKE '${warmPrefix(hash).replaceAll("_", "\\_")}%' AND NOT datallowconn AND datconnlimit > 0`;
  let filling: Promise<void> | null = null;
  let isClosing = false;

  /** One at a time, so that creations that cannot wait come between. */
  async function fill(): Promise<void> {
    const template = await templateName();
    let isFull = false;
    while (!isFull && !isClosing) {
      isFull = await server.asAdminAlone("warm", async (client) => {
        const { rows } = await client.query(`SELECT FROM pg_database WHERE ${ready} LIMIT ${size}`);
        if (rows.length >= size) return true;
        await copyTemplate(client, template, `${warmPrefix(hash)}${randomBytes(10).toString("hex")}`);
        return false;
      });
    }
  }

  return {
    async claim(client, databaseName, statements) {
      if (size === 0) return false;
      for (let attempt = 0; attempt < attempts; attempt++) {
        const { rows } = await client.query<{ datname: string }>(
          `SELECT datname FROM pg_database WHERE ${ready} ORDER BY random() LIMIT 1`,
        );
        if (!rows[0]) return false;
        if (await rename(client, rows[0].datname, databaseName, statements)) return true;
      }
      return false;
    },
    refill() {
      if (size === 0 || isClosing) return;
      filling ??= fill()
        .catch((error: unknown) => logger.warn({ err: error }, "no database could be made in advance"))
        .finally(() => (filling = null));
    },
    async close() {
      isClosing = true;
      await filling;
    },
  };
}

/** False when another creation has just taken it. */
async function rename(client: PoolClient, from: string, to: string, statements: string[]): Promise<boolean> {
  try {
    await runTogether(client, [`ALTER DATABASE ${from} RENAME TO ${to}`, ...statements]);
    return true;
  } catch (error) {
    if (hasCode(error, sqlstate.undefinedDatabase)) return false;
    throw error;
  }
}
