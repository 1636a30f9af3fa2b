import { environmentMember, environmentVisit } from "@/drizzle/control/schema/environments";
import { finding } from "@/drizzle/control/schema/findings";
import { invitation } from "@/drizzle/control/schema/organizations";
import { appendAudit } from "@/server/audit/append";
import type { Db } from "@/server/db/client";
import { systemActor } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { fill } from "./fill";
import { shape, type Home } from "./registry-shape";
import { at, pick } from "./registry-values";

interface Vast {
  vast: Home;
  /** Its environments. */
  inVast: string[];
  plain: string;
  owner: string;
  people: string[];
}

/** What happens inside the vast organization: members of environments, visits, invitations, audit; and the findings. */
export async function furnishVast(db: Db, about: Vast): Promise<void> {
  await addMembers(db, about);
  await addTraffic(db, about);
  await addAudit(db, about.vast, about.inVast);
}

async function addMembers(db: Db, { vast, inVast, plain, people }: Vast): Promise<void> {
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
}

async function addTraffic(db: Db, { vast, inVast, owner }: Vast): Promise<void> {
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
