import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environmentStatuses, environmentTypes } from "@/server/domain/environments/names";
import { EnvironmentRole, OrganizationRole, SetMemberRole } from "@/server/domain/members/schema";
import { CreateInvitation } from "@/server/domain/invitations/schema";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { createWorld, type World } from "@/server/testing/world";

let world: World;
let raw: DatabaseSync;
let ann: UserContext;
let bob: UserContext;
let acme: OrganizationContext;

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
  bob = await world.person("Bob");
  const created = await world.organization(ann, "Acme");
  acme = created.ctx;
  await world.settle();
  raw = new DatabaseSync(join(world.directory, "control.db"), { timeout: 5000 });
  raw.exec("PRAGMA foreign_keys = ON");
});
afterAll(async () => {
  raw.close();
  await world.end();
});

type Value = string | number | null;
/** Runs one statement of raw SQL and takes it back. Gives the database's refusal, or null. */
function tried(statement: string, ...values: Value[]): string | null {
  raw.exec("BEGIN IMMEDIATE");
  try {
    raw.prepare(statement).run(...values);
    // Deferred constraints speak at the end.
    raw.exec("COMMIT");
    return null;
  } catch (error) {
    if (raw.isTransaction) raw.exec("ROLLBACK");
    return error instanceof Error ? error.message : String(error);
  }
}

function insertInto(table: string, row: Record<string, Value>): string | null {
  const names = Object.keys(row);
  return tried(
    `INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => "?").join()})`,
    ...Object.values(row),
  );
}

const environmentRow = (changes: Record<string, Value> = {}): Record<string, Value> => ({
  id: newId(),
  organization_id: acme.organization.id,
  slug: `s-${newId().slice(-8)}`,
  name: "N",
  env_type: "test",
  region: "us-east",
  status: "provisioning",
  hostname: `${newId()}.localhost`,
  created_at: 0,
  updated_at: 0,
  ...changes,
});

const badRoles = [
  "owner ",
  " owner",
  "member, owner",
  "member,owner",
  '["member","owner"]',
  "OWNER",
  "Owner",
  "оwner",
  "ｏｗｎｅｒ",
  "",
  "superuser",
  "env_admin",
  "owner\u0000",
];

describe("a role is one exact word", () => {
  test.for(badRoles)("%j is refused by the database", (role) => {
    const membership = {
      id: newId(),
      organization_id: acme.organization.id,
      user_id: bob.user.id,
      created_at: 0,
    };
    expect(insertInto("member", { ...membership, role })).toMatch(/member_role/);
    const row = {
      id: newId(),
      organization_id: acme.organization.id,
      email: "x@example.test",
      status: "pending",
      delivery: "link",
      expires_at: 1,
      created_at: 1,
      inviter_id: ann.user.id,
    };
    expect(insertInto("invitation", { ...row, role })).toMatch(/invitation_role/);
    expect(
      tried("UPDATE sys_environment_member SET role = ?", role === "env_admin" ? "owner" : role),
    ).toMatch(/environment_member_role/);
    expect(tried("UPDATE user SET role = ? WHERE id = ?", role, bob.user.id)).toMatch(/user_role/);
  });

  test.for(badRoles)("%j is refused at the door", (role) => {
    for (const input of [role, [role], { role }]) {
      expect(OrganizationRole.safeParse(input).success).toBe(false);
      expect(SetMemberRole.safeParse({ organization: "a", userId: "b", role: input }).success).toBe(false);
      expect(
        CreateInvitation.safeParse({ organization: "a", email: "a@example.test", role: input }).success,
      ).toBe(false);
      expect(EnvironmentRole.safeParse(input).success).toBe(input === "env_admin");
    }
  });
});

const words: Record<string, readonly string[]> = { status: environmentStatuses, env_type: environmentTypes };

test.for(Object.entries(words))("an environment's %s is one of the known words", ([column, known]) => {
  for (const word of ["", "Active", "removed", `${known[0]} `])
    expect(insertInto("sys_environment", environmentRow({ [column]: word }))).toMatch(/CHECK/);
});

const edges: Record<string, string[]> = {
  provisioning: ["active", "failed"],
  failed: ["provisioning", "deleting"],
  active: ["suspended", "archived", "moving", "deleted", "deleting"],
  suspended: ["active", "archived", "deleted", "deleting"],
  archived: ["active", "deleted", "deleting"],
  moving: ["active"],
  deleted: ["active", "deleting"],
  deleting: [],
};

/** Exactly a deleted one has a moment at which it is gone for good. */
const purgeAt = (status: string) => (status === "deleted" ? 1 : null);

describe("an environment's status moves along the edges of the state machine only", () => {
  test.for(environmentStatuses)("from %s", (from) => {
    for (const to of environmentStatuses) {
      const row = environmentRow({ status: from, purge_at: purgeAt(from) });
      expect(insertInto("sys_environment", row)).toBeNull();
      const refusal = tried(
        "UPDATE sys_environment SET status = ?, purge_at = ? WHERE id = ?",
        to,
        purgeAt(to),
        row["id"] ?? null,
      );
      const isEdge = to === from || edges[from]?.includes(to);
      expect(refusal, to).toBe(isEdge ? null : "freehold:status_edge");
      raw.prepare("DELETE FROM sys_environment WHERE id = ?").run(row["id"] ?? null);
    }
  });
});
