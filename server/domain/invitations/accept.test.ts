import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { invitation, member } from "@/drizzle/control/schema/organizations";
import { user } from "@/drizzle/control/schema/people";
import { verifyChain } from "@/server/audit/verify";
import { removeMember } from "@/server/domain/members/remove";
import { setMemberRole } from "@/server/domain/members/set-role";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { createWorld, type World } from "@/server/testing/world";
import { acceptInvitation } from "./accept";
import { createInvitation } from "./create";
import { previewInvitation } from "./preview";
import { revokeInvitation } from "./revoke";
import { invitationToken } from "./token";

let world: World;
let ann: UserContext;
let acme: OrganizationContext;

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
  acme = (await world.organization(ann, "Acme")).ctx;
});
afterAll(() => world.end());

/** A person of the address, invited, with the ticket that the link carries. */
async function invite(options: { by?: OrganizationContext; role?: "owner" | "admin" | "member" } = {}) {
  const person = await world.person("Guest");
  const input = {
    organization: acme.organization.slug,
    email: person.user.email,
    role: options.role ?? ("member" as const),
  };
  const created = await createInvitation(options.by ?? acme, input);
  const ticket = { invitation: created.id, token: invitationToken(created.id, person.user.email) };
  return { person, created, ticket };
}

async function joined(person: UserContext): Promise<boolean> {
  const rows = await world.db.select().from(member).where(eq(member.userId, person.user.id));
  return rows.length > 0;
}

test("the invited person joins with the role of the invitation, once", async () => {
  const { person, created, ticket } = await invite();
  expect(created.link).toContain(ticket.token);
  await acceptInvitation(person, ticket);
  expect(await world.db.select().from(member).where(eq(member.userId, person.user.id))).toMatchObject([
    { role: "member" },
  ]);
  await expect(acceptInvitation(person, ticket)).rejects.toMatchObject({ code: "precondition" });
});

test("of ten acceptances at once one succeeds", async () => {
  const { person, ticket } = await invite();
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, () => acceptInvitation(person, ticket)),
  );
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  const entries = await world.db.select().from(auditEntry).where(eq(auditEntry.subjectId, person.user.id));
  expect(entries.filter((entry) => entry.action === "invitation.accept")).toHaveLength(1);
  expect(await verifyChain(world.db, acme.organization.id)).toMatchObject({ broken: null });
});

type Invited = Awaited<ReturnType<typeof invite>>;
/** What happens before the acceptance, and the refusal. */
const refusals: Record<string, { before: (it: Invited) => Promise<unknown>; code: string }> = {
  "is revoked": {
    before: ({ created }) =>
      revokeInvitation(acme, { organization: acme.organization.slug, invitation: created.id }),
    code: "precondition",
  },
  "has expired": {
    before: ({ created }) =>
      world.db
        .update(invitation)
        .set({ expiresAt: new Date(Date.now() - 1) })
        .where(eq(invitation.id, created.id)),
    code: "precondition",
  },
  "has a wrong token": {
    async before(it) {
      it.ticket.token = invitationToken(it.created.id, "someone-else@example.test");
    },
    code: "not_found",
  },
  "belongs to another invitation's token": {
    async before(it) {
      it.ticket.token = (await invite()).ticket.token;
    },
    code: "not_found",
  },
  "does not exist": {
    async before(it) {
      it.ticket.invitation = newId();
    },
    code: "not_found",
  },
};

test.for(Object.entries(refusals))("an invitation that %s lets nobody in", async ([, { before, code }]) => {
  const it = await invite();
  await before(it);
  await expect(acceptInvitation(it.person, it.ticket)).rejects.toMatchObject({ code });
  await expect(previewInvitation(it.person, it.ticket)).rejects.toMatchObject({ code });
  expect(await joined(it.person)).toBe(false);
});

test("another person cannot use the link, whatever they call themselves", async () => {
  const { person, ticket } = await invite();
  const mallory = await world.person("Mallory");
  await expect(acceptInvitation(mallory, ticket)).rejects.toMatchObject({ code: "forbidden" });
  // A context that lies about the address meets the database, which knows the account's own.
  const liar = { ...mallory, user: { ...mallory.user, email: person.user.email } };
  await expect(acceptInvitation(liar, ticket)).rejects.toMatchObject({ code: "conflict" });
  expect(await joined(mallory)).toBe(false);
});

test("an invitation ends when its inviter may no longer invite", async () => {
  const bob = await world.person("Bob");
  await world.db.insert(member).values({
    id: newId(),
    organizationId: acme.organization.id,
    userId: bob.user.id,
    role: "admin",
    createdAt: new Date(),
  });
  const admin = await world.inOrganization(bob, acme.organization.slug);
  await expect(invite({ by: admin, role: "owner" })).rejects.toMatchObject({ code: "forbidden" });
  const demoted = await invite({ by: admin });
  await setMemberRole(acme, { organization: acme.organization.slug, userId: bob.user.id, role: "member" });
  await expect(acceptInvitation(demoted.person, demoted.ticket)).rejects.toMatchObject({
    code: "precondition",
  });
  await removeMember(acme, { organization: acme.organization.slug, userId: bob.user.id });
  await expect(acceptInvitation(demoted.person, demoted.ticket)).rejects.toMatchObject({
    code: "precondition",
  });
});

test("an owner's invitation as owner ends when the inviter is an admin now", async () => {
  const carol = await world.person("Carol");
  await world.db.insert(member).values({
    id: newId(),
    organizationId: acme.organization.id,
    userId: carol.user.id,
    role: "owner",
    createdAt: new Date(),
  });
  const asOwner = await invite({
    by: await world.inOrganization(carol, acme.organization.slug),
    role: "owner",
  });
  await setMemberRole(acme, { organization: acme.organization.slug, userId: carol.user.id, role: "admin" });
  await expect(acceptInvitation(asOwner.person, asOwner.ticket)).rejects.toMatchObject({
    code: "precondition",
  });
});

test("a link that came by mail verifies the address; without that proof the database refuses", async () => {
  const { person, created, ticket } = await invite();
  await world.db.update(invitation).set({ delivery: "mail" }).where(eq(invitation.id, created.id));
  const bare = world.db
    .update(invitation)
    .set({ status: "accepted", acceptedBy: person.user.id })
    .where(eq(invitation.id, created.id));
  await expect(bare).rejects.toMatchObject({
    cause: { message: expect.stringContaining("freehold:invitation") },
  });
  await acceptInvitation(person, ticket);
  expect(await world.db.select().from(user).where(eq(user.id, person.user.id))).toMatchObject([
    { emailVerified: true },
  ]);
});

test("a link that was handed over lets the person in but proves no address", async () => {
  const { person, ticket } = await invite();
  await acceptInvitation(person, ticket);
  expect(await world.db.select().from(user).where(eq(user.id, person.user.id))).toMatchObject([
    { emailVerified: false },
  ]);
});

test("an invitation that has ended cannot come back to life", async () => {
  const { created } = await invite();
  await revokeInvitation(acme, { organization: acme.organization.slug, invitation: created.id });
  const revived = world.db.update(invitation).set({ status: "pending" }).where(eq(invitation.id, created.id));
  await expect(revived).rejects.toMatchObject({
    cause: { message: expect.stringContaining("freehold:invitation") },
  });
});

test("a member is not invited again, and one address has one pending invitation", async () => {
  const { person, ticket } = await invite();
  const input = { organization: acme.organization.slug, email: person.user.email, role: "member" as const };
  await expect(createInvitation(acme, input)).rejects.toMatchObject({ code: "conflict", field: "email" });
  await acceptInvitation(person, ticket);
  await expect(createInvitation(acme, input)).rejects.toMatchObject({ code: "conflict", field: "email" });
});
