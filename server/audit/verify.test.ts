import { createHash } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { count, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { withTransaction } from "@/server/db/transaction";
import { createWorld, type World } from "@/server/testing/world";
import { appendAudit } from "./append";
import { listChains, verifyChain } from "./verify";

type Entry = typeof auditEntry.$inferSelect;

const length = 30;
const context = {
  actor: { kind: "user" as const, id: "ann", label: "ann@example.test" },
  requestId: "r",
  door: "console" as const,
  ip: "192.0.2.1",
};

let world: World;
/** What somebody with the file in their hands can do: no guard of ours is in the way. */
let raw: DatabaseSync;

beforeAll(async () => {
  world = await createWorld();
  raw = new DatabaseSync(join(world.directory, "control.db"), { timeout: 5000 });
  for (const name of ["append", "update", "delete", "replace"]) raw.exec(`DROP TRIGGER audit_entry_${name}`);
  raw.exec("DROP INDEX audit_entry_chain");
});
afterAll(async () => {
  raw.close();
  await world.end();
});

let chains = 0;
/** A chain of its own with thirty good entries. */
async function chain(entries = length): Promise<string> {
  const name = `chain-${chains++}`;
  await withTransaction(world.db, async (tx) => {
    for (let n = 1; n <= entries; n++) {
      await appendAudit(tx, context, {
        action: "environment.suspend",
        subject: { kind: "environment", id: `e-${n}`, label: `env ${n}` },
        organizationId: name,
        environmentId: `e-${n}`,
        detail: { n, text: "naïve \u0000 \ud800 'quoted'" },
      });
    }
  });
  return name;
}

const set = (name: string, seq: number, column: string, value: string | number | null) =>
  raw.prepare(`UPDATE sys_audit_entry SET ${column} = ? WHERE chain = ? AND seq = ?`).run(value, name, seq);

function remove(name: string, seq: number): void {
  raw.prepare("DELETE FROM sys_audit_entry WHERE chain = ? AND seq = ?").run(name, seq);
}

/** A copy of one entry under other values; SQL names. */
function copy(from: { chain: string; seq: number }, changes: Record<string, string | number>): void {
  const row = raw
    .prepare("SELECT * FROM sys_audit_entry WHERE chain = ? AND seq = ?")
    .get(from.chain, from.seq);
  const values = { ...row, id: `copy-${Math.random()}`, ...changes } as Record<
    string,
    string | number | null
  >;
  const names = Object.keys(values);
  raw
    .prepare(`INSERT INTO sys_audit_entry (${names.join()}) VALUES (${names.map(() => "?").join()})`)
    .run(...Object.values(values));
}

/** What an attacker without the key can do at best: a plain hash, and the links put right. */
async function relink(name: string, from: number): Promise<void> {
  const rows = raw
    .prepare("SELECT * FROM sys_audit_entry WHERE chain = ? ORDER BY seq")
    .all(name) as unknown as Entry[];
  let previous = rows[from - 2]?.hash ?? "0".repeat(64);
  for (const row of rows.slice(from - 1)) {
    const hash = createHash("sha256")
      .update(JSON.stringify(row) + previous)
      .digest("hex");
    set(name, row.seq, "previous_hash", previous);
    set(name, row.seq, "hash", hash);
    previous = hash;
  }
}

test("a chain that nobody touched holds, whatever stands in it", async () => {
  const name = await chain();
  expect(await verifyChain(world.db, name)).toMatchObject({ entries: length, broken: null });
});

test("text that the database would give back otherwise is kept as it can be", async () => {
  await withTransaction(world.db, (tx) =>
    appendAudit(
      tx,
      { ...context, actor: { kind: "user", id: "x", label: "a\ud800b" } },
      {
        action: "api_key.create",
        subject: { kind: "api_key", id: "k", label: "before\u0000after\udfff" },
        organizationId: "odd-text",
      },
    ),
  );
  expect(await verifyChain(world.db, "odd-text")).toMatchObject({ entries: 1, broken: null });
});

const edits: Record<string, string | number | null> = {
  id: "another",
  at: 1,
  actor_kind: "system",
  actor_id: "bob",
  actor_label: "bob@example.test",
  action: "environment.resume",
  environment_id: null,
  subject_kind: "user",
  subject_id: "x",
  subject_label: "x",
  detail: "{}",
  request_id: "q",
  door: "api",
  ip: null,
  key_id: "0000000000000000",
  previous_hash: "f".repeat(64),
  hash: "f".repeat(64),
};

describe("an edit of one column is found at its entry", () => {
  test.for(Object.entries(edits))("%s", async ([column, value]) => {
    const name = await chain();
    for (const seq of [1, 17, length]) {
      const before = raw
        .prepare(`SELECT ${column} AS v FROM sys_audit_entry WHERE chain = ? AND seq = ?`)
        .get(name, seq);
      set(name, seq, column, value);
      expect(await verifyChain(world.db, name)).toMatchObject({ entries: seq - 1, broken: { seq } });
      set(name, seq, column, (before?.["v"] ?? null) as string | number | null);
    }
    expect(await verifyChain(world.db, name)).toMatchObject({ broken: null });
  });

  test("every column is one of these, or seq or chain", async () => {
    const columns = raw
      .prepare("SELECT name FROM pragma_table_info('sys_audit_entry')")
      .all()
      .map((row) => row["name"]);
    expect(new Set(columns)).toEqual(new Set([...Object.keys(edits), "seq", "chain"]));
  });
});

/** What is done to the chain, and the first entry that must be named. */
const mutations: Record<string, { by: (name: string) => unknown; bad: number }> = {
  "an entry taken out of the middle": { by: (name) => remove(name, 12), bad: 12 },
  "the first entry taken out": { by: (name) => remove(name, 1), bad: 1 },
  "an entry taken out and the rest numbered anew": {
    by(name) {
      remove(name, 12);
      raw.prepare("UPDATE sys_audit_entry SET seq = seq - 1 WHERE chain = ? AND seq > 12").run(name);
    },
    bad: 12,
  },
  "an entry taken out and the rest hashed anew without the key": {
    async by(name) {
      remove(name, 12);
      raw.prepare("UPDATE sys_audit_entry SET seq = seq - 1 WHERE chain = ? AND seq > 12").run(name);
      await relink(name, 12);
    },
    bad: 12,
  },
  "an edit and the rest hashed anew without the key": {
    async by(name) {
      set(name, 9, "detail", "{}");
      await relink(name, 9);
    },
    bad: 9,
  },
  "two entries swapped": {
    by(name) {
      set(name, 5, "seq", -5);
      set(name, 6, "seq", 5);
      set(name, -5, "seq", 6);
    },
    bad: 5,
  },
  "an entry repeated at the end": {
    by: (name) => copy({ chain: name, seq: 8 }, { seq: length + 1 }),
    bad: length + 1,
  },
  "a number used twice": {
    by: (name) => copy({ chain: name, seq: 8 }, { id: "zzzz", action: "environment.delete" }),
    bad: 9,
  },
  "an entry before the first": { by: (name) => copy({ chain: name, seq: 1 }, { seq: 0 }), bad: 1 },
  "an entry with a number below zero": { by: (name) => copy({ chain: name, seq: 1 }, { seq: -7 }), bad: 1 },
  "a number between two numbers": { by: (name) => copy({ chain: name, seq: 3 }, { seq: 3.5 }), bad: 4 },
  "an entry of another chain put in the place of one": {
    async by(name) {
      const other = await chain();
      remove(name, 20);
      copy({ chain: other, seq: 20 }, { chain: name });
    },
    bad: 20,
  },
  "the tail of another chain appended": {
    async by(name) {
      const other = await chain(length + 3);
      for (let seq = length + 1; seq <= length + 3; seq++) copy({ chain: other, seq }, { chain: name });
    },
    bad: length + 1,
  },
  "a whole chain under another name": {
    async by(name) {
      const other = await chain();
      raw.prepare("DELETE FROM sys_audit_entry WHERE chain = ?").run(name);
      raw.prepare("UPDATE sys_audit_entry SET chain = ? WHERE chain = ?").run(name, other);
    },
    bad: 1,
  },
  "a forged entry at the end": {
    by: (name) => copy({ chain: name, seq: length }, { seq: length + 1, action: "member.set_role" }),
    bad: length + 1,
  },
};

describe("tampering is found, and the first bad entry is named", () => {
  test.for(Object.entries(mutations))("%s", async ([, { by, bad }]) => {
    const name = await chain();
    await by(name);
    const report = await verifyChain(world.db, name);
    expect(report.broken?.seq).toBe(bad);
    expect(report.broken?.reason).toMatch(/./);
  });
});

test("a number used twice is found where two pages of the walk meet", async () => {
  const name = await chain(1003);
  copy({ chain: name, seq: 1000 }, { id: "zzzz-of-the-page", action: "environment.delete" });
  expect(await verifyChain(world.db, name)).toMatchObject({ broken: { seq: 1001 } });
});

test("a cut tail and a chain that is gone as a whole need a head that was kept outside", async () => {
  const name = await chain();
  const { head } = await verifyChain(world.db, name);
  for (let seq = 25; seq <= length; seq++) remove(name, seq);
  const cut = await verifyChain(world.db, name);
  expect(cut).toMatchObject({ entries: 24, broken: null });
  expect(cut.head).not.toBe(head);
  raw.prepare("DELETE FROM sys_audit_entry WHERE chain = ?").run(name);
  expect(await listChains(world.db)).not.toContain(name);
});

test("a hundred appends at once make one chain without gap or fork", async () => {
  const name = await chain(1);
  await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      withTransaction(world.db, (tx) =>
        appendAudit(tx, context, {
          action: "environment.resume",
          subject: { kind: "environment", id: `${n}`, label: "" },
          organizationId: name,
        }),
      ),
    ),
  );
  const [counted] = await world.db.select({ n: count() }).from(auditEntry).where(eq(auditEntry.chain, name));
  expect(await verifyChain(world.db, name)).toMatchObject({ entries: counted?.n, broken: null });
  expect(counted?.n).toBe(101);
});
