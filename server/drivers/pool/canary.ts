import { createHash } from "node:crypto";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId } from "@/server/kernel/ids";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import type { Release } from "@/server/packages/content";

const sql = "CREATE TABLE canary (id uuid PRIMARY KEY, note text NOT NULL)";
const file = "0001_canary.postgres.sql";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** A table that packages' tables are made like, with rows that are there to be caught with. */
export const canaryRelease: Release = {
  package: "freehold.canary",
  version: "1.0.0",
  checksum: sha256(`${file} ${sql}`),
  schema: "freehold_canary",
  engines: ["postgres"],
  reference: [],
  migrations: [
    {
      name: "0001_canary",
      sqlite: null,
      postgres: { file, checksum: sha256(sql), statements: [{ sql, line: 1 }] },
    },
  ],
};

/** A UUID that everybody who knows the words makes the same. */
function uuidFrom(words: string): string {
  const hex = sha256(words).slice(0, 32).split("");
  hex[12] = "8";
  hex[16] = "a";
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export interface CanaryTenant extends DatabaseIdentity {
  credentialId: string;
  rows: { id: string; note: string }[];
}

/** Two tenants of Freehold's own that every pool has, and what they keep. */
export function canaryTenants(poolName: string): [CanaryTenant, CanaryTenant] {
  const make = (which: string): CanaryTenant => {
    const tenant = environmentId(uuidFrom(`${poolName} canary ${which}`));
    return {
      tenant,
      databaseName: databaseNameFor(tenant),
      credentialId: uuidFrom(`${poolName} canary ${which} credential`),
      rows: [1, 2, 3].map((n) => ({
        id: uuidFrom(`${poolName} canary ${which} row ${n}`),
        note: `canary-${sha256(`${poolName} ${which} ${n}`).slice(0, 24)}`,
      })),
    };
  };
  return [make("one"), make("two")];
}
