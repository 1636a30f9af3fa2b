import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { newId } from "@/server/kernel/ids";
import type { World } from "./world";

type Value = string | number | null;
type Row = Record<string, Value>;

/** The file of a control plane, written past everything but the database's own guards. */
export interface ControlFile {
  raw: DatabaseSync;
  /** Runs one statement. Gives the database's refusal, or null. */
  tried(statement: string, ...values: Value[]): string | null;
  insertInto(table: string, row: Row): string | null;
}

export function openControlFile({ directory }: World): ControlFile {
  const raw = new DatabaseSync(join(directory, "control.db"), { timeout: 5000 });
  raw.exec("PRAGMA foreign_keys = ON");
  function tried(statement: string, ...values: Value[]): string | null {
    try {
      raw.prepare(statement).run(...values);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  return {
    raw,
    tried,
    insertInto(table, row) {
      const names = Object.keys(row);
      const places = names.map(() => "?");
      return tried(`INSERT INTO ${table} (${names.join()}) VALUES (${places.join()})`, ...Object.values(row));
    },
  };
}

/** An environment that every guard lets in, unless `changes` spoil it. */
export function environmentRow(organizationId: string, changes: Row = {}): Row {
  return {
    id: newId(),
    organization_id: organizationId,
    slug: `s-${newId().slice(-8)}`,
    name: "N",
    env_type: "test",
    region: "us-east",
    status: "provisioning",
    hostname: `${newId()}.localhost`,
    created_at: 0,
    updated_at: 0,
    ...changes,
  };
}
