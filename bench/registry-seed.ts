import { finding } from "@/drizzle/control/schema/findings";
import {
  environment,
  environmentDatabase,
  environmentMember,
  environmentVisit,
} from "@/drizzle/control/schema/environments";
import { operation, operationStep } from "@/drizzle/control/schema/operations";
import { invitation, member, organization } from "@/drizzle/control/schema/organizations";
import { user } from "@/drizzle/control/schema/people";
import { appendAudit } from "@/server/audit/append";
import type { Db, Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { environmentTypes, regions } from "@/server/domain/environments/names";
import { tiers } from "@/server/domain/organizations/names";
import { systemActor } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { sagas } from "@/server/sagas/catalog";
import { shape } from "./registry-shape";

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

interface Home {
  id: string;
  slug: string;
  environments: number;
  owner: string;
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
const second = 1000;
const begun = Date.now() - 200_000 * second;
const at = (turn: number) => new Date(begun + turn * second);
const pick = <T>(from: readonly [T, ...T[]], turn: number): T => from[turn % from.length] ?? from[0];

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
  await addRest(db, { vast, inVast, plain, owner, people });
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

async function addRest(
  db: Db,
  {
    vast,
    inVast,
    plain,
    owner,
    people,
  }: { vast: Home; inVast: string[]; plain: string; owner: string; people: string[] },
): Promise<void> {
  await fill(db, inVast.slice(0, shape.memberships), (tx, ids) =>
    tx.insert(environmentMember).values(
      ids.map((id) => ({
        id: newId(),
        environmentId: id,
        organizationId: vast.id,
        userId: plain,
        role: "env_maker" as const,
        createdAt: at(0),
      })),
    ),
  );
  await fill(db, people.slice(4, 4 + shape.members - 10), (tx, ids, from) =>
    tx.insert(environmentMember).values(
      ids.map((userId, turn) => ({
        id: newId(),
        environmentId: inVast[0] ?? "",
        organizationId: vast.id,
        userId,
        role: "env_viewer" as const,
        createdAt: at(from + turn),
      })),
    ),
  );
  await fill(db, inVast.slice(0, 1000), (tx, ids, from) =>
    tx
      .insert(environmentVisit)
      .values(ids.map((id, turn) => ({ userId: owner, environmentId: id, visitedAt: at(from + turn) }))),
  );
  await fill(
    db,
    Array.from({ length: shape.invitations }, (_, turn) => turn),
    (tx, turns) =>
      tx.insert(invitation).values(
        turns.map((turn) => ({
          id: newId(),
          organizationId: vast.id,
          email: `guest-${turn}@example.test`,
          role: "member" as const,
          status: turn % 3 === 0 ? ("revoked" as const) : ("pending" as const),
          delivery: "link" as const,
          expiresAt: new Date(Date.now() + (turn % 2 === 0 ? 1 : -1) * 86_400_000),
          createdAt: at(turn),
          inviterId: owner,
        })),
      ),
  );
  await fill(
    db,
    Array.from({ length: shape.findings }, (_, turn) => turn),
    (tx, turns) =>
      tx.insert(finding).values(
        turns.map((turn) => ({
          id: newId(),
          kind: pick(["orphan", "missing", "damaged", "leftover"] as const, turn),
          driver: "sqlite",
          databaseName: `env_${turn}`,
          subject: `acme-${turn}/prod`,
          problem: "Found by the comparison.",
          sizeBytes: 0,
          seenAt: at(turn),
        })),
      ),
  );
  await addAudit(db, vast, inVast);
}

/** Through the one way there is, so the chain holds. */
async function addAudit(db: Db, vast: Home, inVast: string[]): Promise<void> {
  const ctx = { actor: systemActor, requestId: newId(), door: "worker" as const, ip: null };
  await fill(
    db,
    Array.from({ length: shape.auditEntries }, (_, turn) => turn),
    async (tx, turns) => {
      for (const turn of turns) {
        const id = inVast[turn % inVast.length] ?? "";
        await appendAudit(tx, ctx, {
          action: turn % 2 === 0 ? "environment.create" : "environment.activate",
          subject: { kind: "environment", id, label: `environment-${turn % inVast.length}` },
          organizationId: vast.id,
          environmentId: id,
        });
      }
    },
  );
}

const rowsPerStatement = 500;
const statementsPerCommit = 10;

/** Writes all of `rows`, some hundreds at a time and some thousands per commit. */
async function fill<Row>(
  db: Db,
  rows: Row[],
  write: (tx: Tx, some: Row[], from: number) => PromiseLike<unknown>,
): Promise<void> {
  const perCommit = rowsPerStatement * statementsPerCommit;
  for (let commit = 0; commit < rows.length; commit += perCommit) {
    await withTransaction(db, async (tx) => {
      const end = Math.min(rows.length, commit + perCommit);
      for (let from = commit; from < end; from += rowsPerStatement)
        await write(tx, rows.slice(from, Math.min(end, from + rowsPerStatement)), from);
    });
  }
}
