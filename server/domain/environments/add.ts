import { environment, environmentDatabase, environmentMember } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/guard-errors";
import type { UserContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { DomainError } from "@/server/kernel/errors";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId, newId } from "@/server/kernel/ids";
import { enqueue } from "@/server/sagas/enqueue";
import { freeHostname } from "./hostname";
import type { EnvironmentType } from "./names";
import type { CreateEnvironment } from "./schema";

interface Place {
  id: string;
  slug: string;
  region: string;
}

export interface Created {
  environment: {
    id: string;
    slug: string;
    name: string;
    envType: EnvironmentType;
    status: "provisioning";
    hostname: string;
  };
  operation: { id: string };
}

/** What a new environment gets, whatever its tier. */
export const storageLimitMb = 10 * 1024;

type NewEnvironment = Omit<CreateEnvironment, "organization"> & { isDefault?: boolean };

/**
 * Registers an environment with its database, membership, audit entry and operation,
 * in the caller's transaction. The database itself is the saga's work.
 */
export async function addEnvironment(
  tx: Tx,
  ctx: UserContext,
  organization: Place,
  input: NewEnvironment,
): Promise<Created> {
  const row = await insertEnvironment(tx, ctx, organization, input);
  const { id, slug, name, envType, region, hostname } = row;
  const databaseName = databaseNameFor(environmentId(id));
  await insertHome(tx, ctx, { ...row, databaseName });
  await appendAudit(tx, ctx, {
    action: "environment.create",
    subject: { kind: "environment", id, label: slug },
    organizationId: organization.id,
    environmentId: id,
    detail: { name, slug, envType, region, driver: "sqlite", isolation: "dedicated" },
  });
  const operation = await enqueue(tx, ctx, "provision-environment", {
    input: { environmentId: id, databaseName, driver: "sqlite" },
    subject: `${organization.slug}/${slug}`,
    organizationId: organization.id,
    environmentId: id,
  });
  return { environment: { id, slug, name, envType, status: "provisioning", hostname }, operation };
}

async function insertEnvironment(tx: Tx, ctx: UserContext, organization: Place, input: NewEnvironment) {
  const { name, slug, envType, description = "", isDefault = false } = input;
  const createdAt = new Date();
  const row = {
    id: newId(),
    organizationId: organization.id,
    slug,
    name,
    envType,
    region: input.region ?? organization.region,
    hostname: await freeHostname(tx, organization.slug, slug, env().rootDomain),
    createdAt,
    updatedAt: createdAt,
  };
  try {
    const rest = { description, isDefault, status: "provisioning", createdBy: ctx.user.id } as const;
    await tx.insert(environment).values({ ...row, ...rest });
  } catch (error) {
    if (!isUniqueViolation(error, "sys_environment.slug")) throw error;
    throw new DomainError("conflict", `This organization already has an environment with the slug ${slug}.`, {
      field: "slug",
      cause: error,
    });
  }
  return row;
}

interface Home {
  id: string;
  organizationId: string;
  region: string;
  databaseName: string;
  createdAt: Date;
}

async function insertHome(tx: Tx, ctx: UserContext, home: Home): Promise<void> {
  const { id: environmentId, organizationId, region, databaseName, createdAt } = home;
  await tx.insert(environmentDatabase).values({
    id: newId(),
    environmentId,
    databaseName,
    isolation: "dedicated",
    driver: "sqlite",
    region,
    storageLimitMb,
    createdAt,
    updatedAt: createdAt,
  });
  const role = "env_admin";
  await tx
    .insert(environmentMember)
    .values({ id: newId(), environmentId, organizationId, userId: ctx.user.id, role, createdAt });
}
