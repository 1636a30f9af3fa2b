import { environment, environmentDatabase, environmentMember } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/guard-errors";
import type { UserContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
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

/**
 * Registers an environment with its database, membership, audit entry and operation,
 * in the caller's transaction. The database itself is the saga's work.
 */
export async function addEnvironment(
  tx: Tx,
  ctx: UserContext,
  organization: Place,
  input: Omit<CreateEnvironment, "organization"> & { isDefault?: boolean },
): Promise<Created> {
  const id = newId();
  const now = new Date();
  const region = input.region ?? organization.region;
  const hostname = await freeHostname(tx, organization.slug, input.slug, env().rootDomain);
  const { name, slug, envType } = input;
  try {
    await tx.insert(environment).values({
      id,
      organizationId: organization.id,
      slug,
      name,
      envType,
      region,
      hostname,
      description: input.description ?? "",
      isDefault: input.isDefault ?? false,
      status: "provisioning",
      createdBy: ctx.user.id,
      createdAt: now,
      updatedAt: now,
    });
  } catch (error) {
    if (!isUniqueViolation(error, "sys_environment.slug")) throw error;
    throw new DomainError("conflict", `This organization already has an environment with the slug ${slug}.`, {
      field: "slug",
      cause: error,
    });
  }
  const databaseName = `env_${id.replaceAll("-", "")}`;
  await tx.insert(environmentDatabase).values({
    id: newId(),
    environmentId: id,
    databaseName,
    isolation: "dedicated",
    driver: "sqlite",
    region,
    storageLimitMb,
    createdAt: now,
    updatedAt: now,
  });
  await tx.insert(environmentMember).values({
    id: newId(),
    environmentId: id,
    organizationId: organization.id,
    userId: ctx.user.id,
    role: "env_admin",
    createdAt: now,
  });
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
