import { and, count, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environmentMember } from "@/drizzle/control/schema/environments";
import { member } from "@/drizzle/control/schema/organizations";
import { verifyChain } from "@/server/audit/verify";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { createWorld, type World } from "@/server/testing/world";
import { removeMember } from "./remove";
import { setEnvironmentMember } from "./set-environment";
import { setMemberRole } from "./set-role";

let world: World;
let ann: UserContext;
let bob: UserContext;
let acme: OrganizationContext;
let environment: string;

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
  bob = await world.person("Bob");
  const created = await world.organization(ann, "Acme");
  acme = created.ctx;
  environment = created.environment.id;
});
afterAll(() => world.end());

/** Both are owners again, however the last trial ended. */
async function bothOwners(): Promise<{ ann: OrganizationContext; bob: OrganizationContext }> {
  for (const person of [ann, bob]) {
    await world.db
      .insert(member)
      .values({
        id: newId(),
        organizationId: acme.organization.id,
        userId: person.user.id,
        role: "owner",
        createdAt: new Date(),
      })
      .onConflictDoUpdate({ target: [member.organizationId, member.userId], set: { role: "owner" } });
  }
  const slug = acme.organization.slug;
  return { ann: await world.inOrganization(ann, slug), bob: await world.inOrganization(bob, slug) };
}

async function owners(): Promise<number> {
  const [row] = await world.db
    .select({ n: count() })
    .from(member)
    .where(and(eq(member.organizationId, acme.organization.id), eq(member.role, "owner")));
  return row?.n ?? 0;
}

type Pair = { ann: OrganizationContext; bob: OrganizationContext };
const leave = (ctx: OrganizationContext) =>
  removeMember(ctx, { organization: acme.organization.slug, userId: ctx.user.id });
const demote = (ctx: OrganizationContext, who: UserContext, role: "admin" | "member") =>
  setMemberRole(ctx, { organization: acme.organization.slug, userId: who.user.id, role });
const remove = (ctx: OrganizationContext, who: UserContext) =>
  removeMember(ctx, { organization: acme.organization.slug, userId: who.user.id });

const races: Record<string, (pair: Pair) => Promise<unknown>[]> = {
  "both leave": (pair) => [leave(pair.ann), leave(pair.bob)],
  "each demotes itself": (pair) => [demote(pair.ann, ann, "admin"), demote(pair.bob, bob, "member")],
  "each demotes the other": (pair) => [demote(pair.ann, bob, "admin"), demote(pair.bob, ann, "member")],
  "each removes the other": (pair) => [remove(pair.ann, bob), remove(pair.bob, ann)],
  "one leaves while the other demotes itself": (pair) => [leave(pair.ann), demote(pair.bob, bob, "member")],
};

describe("two owners at once, forty trials each, always leave one", () => {
  test.for(Object.entries(races))("%s", async ([, race]) => {
    for (let trial = 0; trial < 40; trial++) {
      const results = await Promise.allSettled(race(await bothOwners()));
      expect(await owners()).toBe(1);
      const refused = results.filter((result) => result.status === "rejected");
      expect(refused).toHaveLength(1);
      expect(refused[0]?.reason).toMatchObject({
        code: expect.stringMatching(/^(conflict|forbidden|not_found)$/) as string,
      });
    }
  });
});

test("a refused departure leaves no entry in the audit trail, and the chain holds", async () => {
  const pair = await bothOwners();
  await leave(pair.bob);
  const before = await world.db.select({ n: count() }).from(auditEntry);
  await expect(leave(pair.ann)).rejects.toMatchObject({ code: "conflict" });
  expect(await world.db.select({ n: count() }).from(auditEntry)).toEqual(before);
  expect(await verifyChain(world.db, acme.organization.id)).toMatchObject({ broken: null });
});

test("a member who is removed has no role in any environment any more", async () => {
  const pair = await bothOwners();
  await demote(pair.ann, bob, "member");
  const here = await world.inEnvironment(ann, environment);
  await setEnvironmentMember(here, { environment, userId: bob.user.id, role: "env_admin" });
  await expect(world.inEnvironment(bob, environment)).resolves.toMatchObject({
    environment: { role: "env_admin" },
  });
  await remove(pair.ann, bob);
  expect(
    await world.db.select().from(environmentMember).where(eq(environmentMember.userId, bob.user.id)),
  ).toEqual([]);
  await expect(world.inEnvironment(bob, environment)).rejects.toMatchObject({ code: "not_found" });
});

test("an admin can neither make, demote nor remove an owner", async () => {
  const pair = await bothOwners();
  await demote(pair.ann, bob, "admin");
  const admin = await world.inOrganization(bob, acme.organization.slug);
  await expect(demote(admin, ann, "member")).rejects.toMatchObject({ code: "forbidden" });
  await expect(remove(admin, ann)).rejects.toMatchObject({ code: "forbidden" });
  const raise = setMemberRole(admin, {
    organization: acme.organization.slug,
    userId: bob.user.id,
    role: "owner",
  });
  await expect(raise).rejects.toMatchObject({ code: "forbidden" });
});
