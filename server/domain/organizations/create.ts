import { eq, sql } from "drizzle-orm";
import { member, organization } from "@/drizzle/control/schema/organizations";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { once } from "@/server/db/idempotency";
import { withTransaction } from "@/server/db/transaction";
import { addEnvironment, type Created } from "@/server/domain/environments/add";
import { slugFor, slugRefusal } from "@/server/domain/environments/names";
import { signUpPolicy } from "@/server/domain/settings/sign-up-policy";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import type { Tier } from "./names";
import type { CreateOrganization } from "./schema";

export interface CreatedOrganization extends Created {
  organization: { id: string; slug: string; name: string; tier: Tier; region: string };
}

const defaultRegion = "us-east";
/** Enough for any person; an operator may go beyond. */
const organizationsPerPerson = 20;

/**
 * Creates an organization with its owner, its default environment `prod` and the
 * operation that gives it a database, all in one transaction.
 */
export async function createOrganization(
  ctx: UserContext,
  input: CreateOrganization,
): Promise<CreatedOrganization> {
  await requireMayCreate(ctx, input);
  return withTransaction(ctx.db, (tx) =>
    once(tx, ctx, { verb: "organizations.create", input }, async () => {
      await requireBelowLimit(tx, ctx);
      const created = await insertOrganization(tx, ctx, input);
      const first = { name: "Production", slug: "prod", envType: "production" as const, isDefault: true };
      return { organization: created, ...(await addEnvironment(tx, ctx, created, first)) };
    }),
  );
}

async function requireMayCreate(ctx: UserContext, input: CreateOrganization): Promise<void> {
  if (ctx.user.isOperator) return;
  if (input.tier && input.tier !== "standard")
    throw new DomainError("forbidden", "Only an operator can choose a tier.", { field: "tier" });
  const { policy } = await signUpPolicy(ctx.db);
  if (policy === "invited")
    throw new DomainError("forbidden", "Only an operator can create organizations here.");
}

async function requireBelowLimit(tx: Tx, ctx: UserContext): Promise<void> {
  if (ctx.user.isOperator) return;
  const owned = await tx
    .select({ id: member.id })
    .from(member)
    .where(sql`${member.userId} = ${ctx.user.id} and ${member.role} = 'owner'`)
    .limit(organizationsPerPerson);
  if (owned.length >= organizationsPerPerson) {
    throw new DomainError(
      "limit",
      `You own ${organizationsPerPerson} organizations, which is the most that one person can.`,
    );
  }
}

async function insertOrganization(tx: Tx, ctx: UserContext, input: CreateOrganization) {
  const now = new Date();
  const row = {
    id: newId(),
    name: input.name,
    slug: input.slug ?? (await freeSlug(tx, input.name)),
    tier: input.tier ?? ("standard" as const),
    region: input.region ?? defaultRegion,
    residency: null,
  };
  try {
    await tx.insert(organization).values({ ...row, createdAt: now, updatedAt: now });
  } catch (error) {
    if (!isUniqueViolation(error, "organization.slug")) throw error;
    throw new DomainError("conflict", `The slug ${row.slug} is taken. Choose another one.`, {
      field: "slug",
      cause: error,
    });
  }
  await tx
    .insert(member)
    .values({ id: newId(), organizationId: row.id, userId: ctx.user.id, role: "owner", createdAt: now });
  await appendAudit(tx, ctx, {
    action: "organization.create",
    subject: { kind: "organization", id: row.id, label: row.slug },
    organizationId: row.id,
    detail: { name: row.name, slug: row.slug, tier: row.tier, region: row.region },
  });
  return row;
}

async function freeSlug(tx: Tx, name: string): Promise<string> {
  const proposed = slugFor(name).slice(0, 50) || "org";
  // A name may spell an address of the console itself, such as "fleet".
  const base = slugRefusal(proposed) ? `${proposed}-${newId().slice(-4)}` : proposed;
  for (let candidate = base; ; candidate = `${base}-${newId().slice(-4)}`) {
    const taken = await tx
      .select({ id: organization.id })
      .from(organization)
      .where(eq(organization.slug, candidate));
    if (taken.length === 0) return candidate;
  }
}
