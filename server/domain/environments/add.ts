import {
  environment,
  environmentDatabase,
  environmentMember,
  type PlacementStep,
} from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { insertion } from "@/server/db/prepared";
import type { UserContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { DomainError } from "@/server/kernel/errors";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId, newId } from "@/server/kernel/ids";
import type { Tier } from "@/server/domain/organizations/names";
import type { Home } from "@/server/domain/placement/homes";
import { placeDatabase } from "@/server/domain/placement/place";
import { enqueue } from "@/server/sagas/enqueue";
import { takeHostname } from "./hostname";
import { initialLimits } from "./limits";
import type { EnvironmentType } from "./names";
import type { CreateEnvironment } from "./schema";

const insertEnvironment = insertion(environment);
const insertDatabase = insertion(environmentDatabase);
const insertMember = insertion(environmentMember);

export interface Place {
  id: string;
  slug: string;
  tier: Tier;
  region: string;
  /** The only region where its data may be; null: anywhere. */
  residency: string | null;
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
  const row = await register(tx, ctx, organization, input);
  const { id, slug, name, envType, region, hostname } = row;
  const home = await placeDatabase(tx, {
    tier: organization.tier,
    residency: organization.residency,
    envType,
    region,
    isolation: input.isolation,
    driver: input.driver,
    cluster: input.cluster,
    pool: input.pool,
  });
  const isolation = home.pool ? "shared" : "dedicated";
  const order = {
    organizationId: organization.id,
    environmentId: id,
    databaseId: newId(),
    databaseName: databaseNameFor(environmentId(id)),
    clusterId: home.cluster.id,
    poolId: home.pool?.id ?? null,
    credentialId: newId(),
  };
  await insertHome(tx, ctx, { ...row, ...order, ...home });
  await appendAudit(tx, ctx, {
    action: "environment.create",
    subject: { kind: "environment", id, label: slug },
    organizationId: organization.id,
    environmentId: id,
    detail: {
      name,
      slug,
      envType,
      region,
      isolation,
      driver: home.cluster.driver,
      cluster: home.cluster.slug,
      ...(home.pool ? { pool: home.pool.slug } : {}),
    },
  });
  const operation = await enqueue(tx, ctx, "provision-environment", {
    input: order,
    subject: `${organization.slug}/${slug}`,
    organizationId: organization.id,
    environmentId: id,
  });
  return { environment: { id, slug, name, envType, status: "provisioning", hostname }, operation };
}

async function register(tx: Tx, ctx: UserContext, organization: Place, input: NewEnvironment) {
  const { name, slug, envType, description, isDefault } = input;
  const createdAt = new Date();
  const row = {
    id: newId(),
    organizationId: organization.id,
    slug,
    name,
    envType,
    region: input.region ?? organization.region,
    createdAt,
    updatedAt: createdAt,
  };
  const rest = { description, isDefault, status: "provisioning", createdBy: ctx.user.id } as const;
  const names = { organization: organization.slug, environment: slug, root: env().rootDomain };
  const hostname = await takeHostname(names, (candidate) =>
    insertUnlessTaken(tx, { ...row, ...rest, hostname: candidate }),
  );
  return { ...row, hostname };
}

/** False when another environment has the host name. */
async function insertUnlessTaken(tx: Tx, row: typeof environment.$inferInsert): Promise<boolean> {
  try {
    await insertEnvironment(tx, row);
    return true;
  } catch (error) {
    if (isUniqueViolation(error, "sys_environment.hostname")) return false;
    if (!isUniqueViolation(error, "sys_environment.slug")) throw error;
    throw new DomainError(
      "conflict",
      `This organization already has an environment with the slug ${row.slug}.`,
      { field: "slug", cause: error },
    );
  }
}

interface NewHome extends Home {
  id: string;
  organizationId: string;
  databaseId: string;
  databaseName: string;
  steps: PlacementStep[];
  createdAt: Date;
}

async function insertHome(tx: Tx, ctx: UserContext, home: NewHome): Promise<void> {
  const { id: environmentId, organizationId, databaseId, databaseName, cluster, pool, createdAt } = home;
  await insertDatabase(tx, {
    id: databaseId,
    environmentId,
    clusterId: cluster.id,
    databaseName,
    poolId: pool?.id ?? null,
    isolation: pool ? "shared" : "dedicated",
    driver: cluster.driver,
    region: cluster.region,
    placement: home.steps,
    ...initialLimits,
    createdAt,
    updatedAt: createdAt,
  });
  const role = "env_admin";
  await insertMember(tx, {
    id: newId(),
    environmentId,
    organizationId,
    userId: ctx.user.id,
    role,
    createdAt,
  });
}
