import { environment, environmentDatabase, environmentMember } from "@/drizzle/control/schema/environments";
import { operation, operationStep } from "@/drizzle/control/schema/operations";
import { member, organization } from "@/drizzle/control/schema/organizations";
import { user } from "@/drizzle/control/schema/people";
import type { Db, Tx } from "@/server/db/client";
import { builtInClusters } from "@/server/domain/clusters/names";
import { environmentTypes, regions } from "@/server/domain/environments/names";
import { tiers } from "@/server/domain/organizations/names";
import { newId } from "@/server/kernel/ids";
import { sagas } from "@/server/sagas/catalog";
import { fill } from "./fill";
import { shape, type Home } from "./registry-shape";
import { at, pick } from "./registry-values";
import { furnishVast } from "./registry-vast";

/** Who the lists are read as. */
export interface Cast {
  operator: string;
  /** Owns the vast organization. */
  owner: string;
  /** A plain member of it, with some hundreds of its environments. */
  plain: string;
  /** Belongs to hundreds of organizations. */
  nomad: string;
  vast: { id: string; slug: string };
}

const statuses = [
  "active",
  "active",
  "active",
  "active",
  "active",
  "active",
  "suspended",
  "archived",
  "failed",
] as const;

/** Fills an empty control plane with a hundred thousand environments, through the guards of the database. */
export async function seedRegistry(db: Db): Promise<Cast> {
  const people = Array.from({ length: shape.people }, () => newId());
  const [operator = "", owner = "", plain = "", nomad = ""] = people;
  await fill(db, people, (tx, ids, from) =>
    tx.insert(user).values(
      ids.map((id, turn) => ({
        id,
        name: `Person ${from + turn}`,
        email: `person-${from + turn}@example.test`,
        role: from + turn === 0 ? "operator" : "user",
        createdAt: at(from + turn),
        updatedAt: at(from + turn),
      })),
    ),
  );
  const homes = allHomes(people, owner);
  await fill(db, homes, (tx, some, from) =>
    tx.insert(organization).values(
      some.map(({ id, slug }, turn) => ({
        id,
        slug,
        name: `Organization ${slug}`,
        tier: pick(tiers, from + turn),
        region: pick(regions, from + turn),
        createdAt: at(from + turn),
        updatedAt: at(from + turn),
      })),
    ),
  );
  const [vast] = homes;
  if (!vast) throw new Error("There is no vast organization.");
  await addMembers(db, homes, { vast, people, nomad });
  const inVast = await addEnvironments(db, homes);
  await furnishVast(db, { vast, inVast, plain, owner, people });
  return { operator, owner, plain, nomad, vast };
}

function allHomes(people: string[], owner: string): Home[] {
  const sizes = [
    shape.vast,
    ...Array.from({ length: shape.large.organizations }, () => shape.large.environments),
    ...Array.from({ length: shape.small.organizations }, () => shape.small.environments),
  ];
  return sizes.map((environments, turn) => ({
    id: newId(),
    slug: `acme-${turn}`,
    environments,
    owner: turn === 0 ? owner : (people[4 + (turn % (people.length - 4))] ?? owner),
  }));
}

async function addMembers(
  db: Db,
  homes: Home[],
  { vast, people, nomad }: { vast: Home; people: string[]; nomad: string },
): Promise<void> {
  const rows = [
    ...homes.map((home) => ({ organizationId: home.id, userId: home.owner, role: "owner" as const })),
    ...people.slice(2, 1 + shape.members).map((userId, turn) => ({
      organizationId: vast.id,
      userId,
      role: turn > 0 && turn % 50 === 0 ? ("admin" as const) : ("member" as const),
    })),
    ...homes
      .slice(1, 1 + shape.organizationsOfOne)
      .map((home) => ({ organizationId: home.id, userId: nomad, role: "admin" as const })),
  ];
  await fill(db, rows, (tx, some, from) =>
    tx.insert(member).values(some.map((row, turn) => ({ id: newId(), ...row, createdAt: at(from + turn) }))),
  );
}

async function addEnvironments(db: Db, homes: Home[]): Promise<string[]> {
  const all = homes.flatMap((home) =>
    Array.from({ length: home.environments }, (_, turn) => ({ id: newId(), home, turn, operation: newId() })),
  );
  await fill(db, all, async (tx, some, from) => {
    await tx.insert(environment).values(
      some.map(({ id, home, turn }) => ({
        id,
        organizationId: home.id,
        slug: `environment-${turn}`,
        name: `Environment ${turn}`,
        envType: pick(environmentTypes, turn),
        region: pick(regions, turn),
        isDefault: turn === 0,
        status: turn === 0 ? ("active" as const) : pick(statuses, turn),
        hostname: `${home.slug}-environment-${turn}.localhost`,
        createdBy: home.owner,
        createdAt: at(from),
        updatedAt: at(from),
      })),
    );
    await tx.insert(environmentDatabase).values(
      some.map(({ id, turn }) => ({
        id: newId(),
        environmentId: id,
        databaseName: `env_${id.replaceAll("-", "")}`,
        isolation: "dedicated" as const,
        driver: "sqlite" as const,
        clusterId: builtInClusters.files,
        region: pick(regions, turn),
        storageLimitMb: 10_240,
        storageUsedBytes: 32_768,
        provisionedAt: at(from),
        createdAt: at(from),
        updatedAt: at(from),
      })),
    );
    await tx.insert(environmentMember).values(
      some.map(({ id, home }) => ({
        id: newId(),
        environmentId: id,
        organizationId: home.id,
        userId: home.owner,
        role: "env_admin" as const,
        createdAt: at(from),
      })),
    );
    await addOperations(tx, some, from);
  });
  return all.slice(0, shape.vast).map(({ id }) => id);
}

async function addOperations(
  tx: Tx,
  some: { id: string; home: Home; turn: number; operation: string }[],
  from: number,
): Promise<void> {
  await tx.insert(operation).values(
    some.map(({ id, home, turn, operation: operationId }) => ({
      id: operationId,
      saga: "provision-environment",
      status: turn % 100 === 8 ? ("failed" as const) : ("succeeded" as const),
      organizationId: home.id,
      environmentId: id,
      subject: `${home.slug}/environment-${turn}`,
      input: {},
      actorKind: "user",
      actorId: home.owner,
      actorLabel: "person@example.test",
      requestId: operationId,
      attempts: 1,
      fence: 1,
      runAfter: at(from).getTime(),
      createdAt: at(from + turn),
      startedAt: at(from + turn),
      finishedAt: at(from + turn),
    })),
  );
  await tx.insert(operationStep).values(
    some.flatMap((one) =>
      sagas["provision-environment"].steps.map(({ name }, position) => ({
        operationId: one.operation,
        position,
        name,
        status: "succeeded" as const,
        startedAt: at(from),
        finishedAt: at(from),
      })),
    ),
  );
}
