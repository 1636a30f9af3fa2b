import { DatabaseSync } from "node:sqlite";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEnvironment } from "@/server/domain/environments/create";
import { setDefaultEnvironment } from "@/server/domain/environments/set-default";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { environmentRow, openControlFile, type ControlFile } from "@/server/testing/control-file";
import { createWorld, type World } from "@/server/testing/world";

let world: World;
let control: ControlFile;
let ann: UserContext;
let acme: OrganizationContext;
let prod: string;

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
  const created = await world.organization(ann, "Acme");
  acme = created.ctx;
  prod = created.environment.id;
  await world.settle();
  control = openControlFile(world);
});
afterAll(async () => {
  control.raw.close();
  await world.end();
});

const refusals: Record<string, { by: () => string | null; with: RegExp }> = {
  "a second default environment": {
    by: () => control.insertInto("sys_environment", environmentRow(acme.organization.id, { is_default: 1 })),
    with: /UNIQUE.*organization_id/,
  },
  "a slug twice in one organization": {
    by: () => control.insertInto("sys_environment", environmentRow(acme.organization.id, { slug: "prod" })),
    with: /UNIQUE.*slug/,
  },
  "a host name twice anywhere": {
    by: () =>
      control.insertInto(
        "sys_environment",
        environmentRow(acme.organization.id, { hostname: "acme-prod.localhost" }),
      ),
    with: /UNIQUE.*hostname/,
  },
  "an environment of no organization": {
    by: () =>
      control.insertInto(
        "sys_environment",
        environmentRow(acme.organization.id, { organization_id: "nobody" }),
      ),
    with: /FOREIGN KEY/,
  },
  "an upper-case slug": {
    by: () => control.insertInto("sys_environment", environmentRow(acme.organization.id, { slug: "Prod" })),
    with: /environment_slug/,
  },
  "a slug with a dot": {
    by: () => control.insertInto("sys_environment", environmentRow(acme.organization.id, { slug: "a.b" })),
    with: /environment_slug/,
  },
  "a slug that begins with a hyphen": {
    by: () => control.insertInto("sys_environment", environmentRow(acme.organization.id, { slug: "-a" })),
    with: /environment_slug/,
  },
  "a slug of 64 characters": {
    by: () =>
      control.insertInto("sys_environment", environmentRow(acme.organization.id, { slug: "a".repeat(64) })),
    with: /environment_slug/,
  },
  "another slug": {
    by: () => control.tried("UPDATE sys_environment SET slug = 'other' WHERE id = ?", prod),
    with: /immutable/,
  },
  "another organization": {
    by: () => control.tried("UPDATE sys_environment SET organization_id = 'x' WHERE id = ?", prod),
    with: /immutable/,
  },
  "another id": {
    by: () => control.tried("UPDATE sys_environment SET id = 'x' WHERE id = ?", prod),
    with: /immutable/,
  },
  "another database name": {
    by: () =>
      control.tried("UPDATE sys_environment_database SET database_name = 'x' WHERE environment_id = ?", prod),
    with: /immutable/,
  },
  "a second database of an environment": {
    by: () =>
      control.tried(
        "INSERT INTO sys_environment_database (id, environment_id, cluster_id, database_name, isolation, driver, region, storage_limit_mb, created_at, updated_at) SELECT 'x', environment_id, cluster_id, 'y', isolation, driver, region, storage_limit_mb, 0, 0 FROM sys_environment_database",
      ),
    with: /UNIQUE.*environment_id/,
  },
  "a row limit on a database of its own": {
    by: () =>
      control.tried("UPDATE sys_environment_database SET row_limit = 5 WHERE environment_id = ?", prod),
    with: /row_limit/,
  },
  "the end of the default environment": {
    by: () => control.tried("DELETE FROM sys_environment WHERE id = ?", prod),
    with: /default_environment/,
  },
  "an organization that still has environments": {
    by: () => control.tried("DELETE FROM organization WHERE id = ?", acme.organization.id),
    with: /FOREIGN KEY|default_environment/,
  },
  "a membership in an environment without one in its organization": {
    by: () =>
      control.insertInto("sys_environment_member", {
        id: newId(),
        environment_id: prod,
        organization_id: acme.organization.id,
        user_id: "stranger",
        role: "env_user",
        created_at: 0,
      }),
    with: /FOREIGN KEY/,
  },
  "the last owner's departure": {
    by: () => control.tried("DELETE FROM member WHERE user_id = ?", ann.user.id),
    with: /last_owner/,
  },
  "the last owner's demotion": {
    by: () => control.tried("UPDATE member SET role = 'admin' WHERE user_id = ?", ann.user.id),
    with: /last_owner/,
  },
  "the last owner's move": {
    by: () => control.tried("UPDATE member SET organization_id = 'x' WHERE user_id = ?", ann.user.id),
    with: /last_owner|FOREIGN/,
  },
  "the deletion of the last owner's account": {
    by: () => control.tried("DELETE FROM user WHERE id = ?", ann.user.id),
    with: /last_owner/,
  },
  "the last operator's demotion": {
    by: () => control.tried("UPDATE user SET role = 'user' WHERE role = 'operator'"),
    with: /last_operator/,
  },
  "the last operator's deletion": {
    by: () => control.tried("DELETE FROM user WHERE role = 'operator'"),
    with: /last_operator/,
  },
  "an address that differs in case": {
    by: () => control.tried("UPDATE user SET email = upper(email) WHERE id = ?", ann.user.id),
    with: /user_email_lower/,
  },
  "an edit of the audit trail": {
    by: () => control.tried("UPDATE sys_audit_entry SET action = 'x' WHERE seq = 1"),
    with: /audit_immutable/,
  },
  "an entry taken out of the audit trail": {
    by: () => control.tried("DELETE FROM sys_audit_entry WHERE seq = 1"),
    with: /audit_immutable/,
  },
  "a gap in the audit trail": { by: () => control.tried(copyEntry("max(seq) + 2")), with: /audit_gap/ },
  "a number of the audit trail twice": { by: () => control.tried(copyEntry("max(seq)")), with: /audit_gap/ },
  "an audit entry replaced by a new one": {
    by: () => control.tried(copyEntry("max(seq) + 1", "INSERT OR REPLACE", "min(id)")),
    with: /audit_immutable/,
  },
};

function copyEntry(seq: string, verb = "INSERT", id = "'fresh'"): string {
  const rest =
    "at, actor_kind, actor_id, actor_label, action, environment_id, subject_kind, subject_id, subject_label, detail, request_id, door, ip, key_id, previous_hash, hash";
  return `${verb} INTO sys_audit_entry (id, chain, seq, ${rest}) SELECT ${id}, chain, ${seq}, ${rest} FROM sys_audit_entry WHERE chain = '${acme.organization.id}' GROUP BY chain`;
}

describe("the database refuses by itself", () => {
  test.for(Object.entries(refusals))("%s", ([, { by, with: reason }]) => {
    expect(by()).toMatch(reason);
  });
});

test("a protected environment cannot be deleted until the protection is lifted", () => {
  const row = environmentRow(acme.organization.id, { is_protected: 1 });
  expect(control.insertInto("sys_environment", row)).toBeNull();
  const id = row["id"] ?? null;
  expect(control.tried("DELETE FROM sys_environment WHERE id = ?", id)).toBe(
    "freehold:protected_environment",
  );
  expect(control.tried("UPDATE sys_environment SET is_protected = 0 WHERE id = ?", id)).toBeNull();
  expect(control.tried("DELETE FROM sys_environment WHERE id = ?", id)).toBeNull();
});

test("the first person of an installation is its operator, the second is not", () => {
  const person = (id: string) => ({
    id,
    name: id,
    email: `${id}@example.test`,
    created_at: 0,
    updated_at: 0,
  });
  const fresh = new DatabaseSync(":memory:");
  const statements = control.raw
    .prepare("SELECT sql FROM sqlite_schema WHERE tbl_name = 'user' AND sql IS NOT NULL ORDER BY type")
    .all();
  for (const row of statements.toSorted(
    (a, b) => Number(/TRIGGER/.test(String(a["sql"]))) - Number(/TRIGGER/.test(String(b["sql"]))),
  )) {
    if (/CREATE (TABLE|TRIGGER)/.test(String(row["sql"]))) fresh.exec(String(row["sql"]));
  }
  for (const id of ["first", "second"]) {
    const row = person(id);
    fresh
      .prepare(`INSERT INTO user (${Object.keys(row).join()}) VALUES (?, ?, ?, ?, ?)`)
      .run(...Object.values(row));
  }
  expect(
    fresh
      .prepare("SELECT role FROM user ORDER BY rowid")
      .all()
      .map((row) => row["role"]),
  ).toEqual(["operator", "user"]);
  fresh.close();
});

test("an organization has exactly one default environment however many are chosen at once", async () => {
  const { ctx } = await world.organization(ann, "Choices");
  const slugs = Array.from({ length: 10 }, (_, n) => `c-${n}`);
  for (const slug of slugs)
    await createEnvironment(ctx, { organization: ctx.organization.slug, name: slug, slug, envType: "test" });
  await world.settle();
  const rows = await world.db.all<{ id: string }>(
    sql`select id from sys_environment where organization_id = ${ctx.organization.id}`,
  );
  await Promise.allSettled(
    rows.map(async ({ id }) => setDefaultEnvironment(await world.inEnvironment(ann, id))),
  );
  const defaults = await world.db.all(
    sql`select id from sys_environment where organization_id = ${ctx.organization.id} and is_default = 1`,
  );
  expect(defaults).toHaveLength(1);
});
