import { eq, sql } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { insertion, prepared } from "@/server/db/prepared";
import type { DriverKind } from "@/server/domain/clusters/names";
import { endOf, renewalDays } from "@/server/domain/credentials/lifetime";
import type { Sealed } from "@/server/kernel/seal/sealed";
import type { BaseContext } from "@/server/kernel/context";

const insertCredential = insertion(databaseCredential);

const activation = prepared<"environmentId" | "now">((tx, slot) =>
  tx
    .update(environment)
    .set({
      status: "active",
      statusReason: "",
      epoch: sql`${environment.epoch} + 1`,
      updatedAt: slot("now"),
    })
    .where(eq(environment.id, slot("environmentId")))
    .returning({
      slug: environment.slug,
      organizationId: sql`${environment.organizationId}`.as("organizationId"),
    }),
);

const databaseFacts = prepared<"environmentId" | "databaseUrl" | "sizeBytes" | "now">((tx, slot) =>
  tx
    .update(environmentDatabase)
    .set({
      databaseUrl: slot("databaseUrl"),
      storageUsedBytes: slot("sizeBytes"),
      provisionedAt: slot("now"),
      updatedAt: slot("now"),
    })
    .where(eq(environmentDatabase.environmentId, slot("environmentId")))
    .returning({ driver: environmentDatabase.driver }),
);

interface Activation {
  organizationId: string;
  environmentId: string;
  databaseId: string;
  credentialId: string;
  databaseUrl: string;
  sizeBytes: number;
  sealed: Sealed;
  tokenHash: string;
}

/** The end of a provisioning: the environment serves from now on. Safe to repeat. */
export async function activateEnvironment(tx: Tx, ctx: BaseContext, input: Activation): Promise<void> {
  const now = new Date();
  const [row] = await tx.all<{ slug: string; organizationId: string }>(
    activation(tx, { environmentId: input.environmentId, now }),
  );
  if (!row) throw new Error(`Environment ${input.environmentId} has no row.`);
  const [home] = await tx.all<{ driver: DriverKind }>(databaseFacts(tx, { ...input, now }));
  if (!home) throw new Error(`Environment ${input.environmentId} has no database row.`);
  await insertCredential(tx, {
    ...firstCredential(ctx, input, now),
    expiresAt: endOf(home.driver, now, null),
    rotateEveryDays: renewalDays(home.driver),
  });
  await appendAudit(tx, ctx, {
    action: "environment.activate",
    subject: { kind: "environment", id: input.environmentId, label: row.slug },
    organizationId: row.organizationId,
    environmentId: input.environmentId,
  });
}

/** What services are given until it is rotated. */
function firstCredential(ctx: BaseContext, input: Activation, now: Date) {
  const { organizationId, environmentId, databaseId, credentialId, sealed, tokenHash } = input;
  return {
    ...sealed,
    id: credentialId,
    seriesId: credentialId,
    generation: 1,
    databaseId,
    environmentId,
    organizationId,
    audience: "services",
    name: "Services, readwrite",
    scope: "readwrite",
    status: "active",
    tokenHash,
    issuedAt: now,
    activatedAt: now,
    createdBy: ctx.actor.label,
  } as const;
}
