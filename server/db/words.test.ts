import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { environmentStatuses, environmentTypes } from "@/server/domain/environments/names";
import { EnvironmentRole, OrganizationRole, SetMemberRole } from "@/server/domain/members/schema";
import { CreateInvitation } from "@/server/domain/invitations/schema";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { environmentRow, openControlFile, type ControlFile } from "@/server/testing/control-file";
import { createWorld, type World } from "@/server/testing/world";

let world: World;
let control: ControlFile;
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
  control = openControlFile(world);
});
afterAll(async () => {
  control.raw.close();
  await world.end();
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
    expect(control.insertInto("member", { ...membership, role })).toMatch(/member_role/);
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
    expect(control.insertInto("invitation", { ...row, role })).toMatch(/invitation_role/);
    expect(
      control.tried("UPDATE sys_environment_member SET role = ?", role === "env_admin" ? "owner" : role),
    ).toMatch(/environment_member_role/);
    expect(control.tried("UPDATE user SET role = ? WHERE id = ?", role, bob.user.id)).toMatch(/user_role/);
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
    expect(
      control.insertInto("sys_environment", environmentRow(acme.organization.id, { [column]: word })),
    ).toMatch(/CHECK/);
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
      const row = environmentRow(acme.organization.id, { status: from, purge_at: purgeAt(from) });
      expect(control.insertInto("sys_environment", row)).toBeNull();
      const refusal = control.tried(
        "UPDATE sys_environment SET status = ?, purge_at = ? WHERE id = ?",
        to,
        purgeAt(to),
        row["id"] ?? null,
      );
      const isEdge = to === from || edges[from]?.includes(to);
      expect(refusal, to).toBe(isEdge ? null : "freehold:status_edge");
      control.raw.prepare("DELETE FROM sys_environment WHERE id = ?").run(row["id"] ?? null);
    }
  });
});
