import { and, eq, lte, sql } from "drizzle-orm";
import {
  environmentOptions,
  environmentOptionsVersion,
  optionsDefinition,
} from "@/drizzle/control/schema/options";
import { mergeOptions } from "@/sdk/options/merge-options";
import type { JsonObject } from "@/sdk/options/json";
import type { Tx } from "@/server/db/client";
import { raiseEpoch } from "@/server/domain/credentials/raise-epoch";
import { environmentRefusal } from "@/server/domain/environments/state";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { changesBetween } from "./changes";
import { mistakesIn } from "./mistakes";
import { optionsLimits, type OptionsChangeKind } from "./names";
import { asOptions, type DefinitionRow, type OptionsRow } from "./row";

const mostShown = 5;

interface Expected {
  name: string;
  expectedVersion: number;
}

/** The overlay as it is, null when there never was one; throws `conflict` when it is not the one that was seen. */
export async function getExpected(
  tx: Tx,
  ctx: EnvironmentContext,
  { name, expectedVersion }: Expected,
): Promise<OptionsRow | null> {
  const refusal = environmentRefusal("update", ctx.environment);
  if (refusal) throw new DomainError("precondition", refusal);
  const [row] = await tx
    .select()
    .from(environmentOptions)
    .where(and(eq(environmentOptions.environmentId, ctx.environment.id), eq(environmentOptions.name, name)));
  if ((row?.version ?? 0) !== expectedVersion) throw changedMeanwhile(row);
  return row ?? null;
}

function changedMeanwhile(row: OptionsRow | undefined): DomainError {
  const by = row ? `${row.changedBy} made version ${row.version} of it` : "it has no version yet";
  return new DomainError("conflict", `It is not what you have seen: ${by}. Look at it, then try again.`);
}

/** Throws `invalid` when the overlay over the published defaults is not what the published schema asks for. */
export async function requireFitting(tx: Tx, name: string, overlay: JsonObject): Promise<void> {
  const [definition] = await tx.select().from(optionsDefinition).where(eq(optionsDefinition.name, name));
  const mistakes = definition ? mistakesOf(definition, overlay) : [];
  const [first] = mistakes;
  if (!first) return;
  const told = mistakes
    .slice(0, mostShown)
    .map(({ path, message }) => (path ? `${path}: ${message}` : message));
  throw new DomainError("invalid", told.join(". "), { field: first.path ? `value.${first.path}` : "value" });
}

export function mistakesOf({ schema, defaults }: DefinitionRow, overlay: JsonObject) {
  return schema === null ? [] : mistakesIn(schema, mergeOptions(asOptions(defaults), overlay));
}

interface Written {
  name: string;
  kind: OptionsChangeKind;
  restoredFrom: number | null;
  value: JsonObject;
  reason: string;
}

/** Makes the next version. Services hear of it through the epoch. Gives what is to be audited: keys, and no values. */
export async function writeVersion(
  tx: Tx,
  ctx: EnvironmentContext,
  { before, ...written }: Written & { before: OptionsRow | null },
): Promise<{ row: OptionsRow; changed: string[] }> {
  const { name, kind, restoredFrom, value, reason } = written;
  const environmentId = ctx.environment.id;
  const version = (before?.version ?? 0) + 1;
  const changes = changesBetween(before ? asOptions(before.value) : {}, value);
  const row = {
    environmentId,
    name,
    version,
    value,
    reason,
    changedAt: new Date(),
    changedBy: ctx.actor.label,
  };
  if (!before) await requireRoom(tx, environmentId);
  const claimed = await tx
    .insert(environmentOptions)
    .values(row)
    .onConflictDoUpdate({
      target: [environmentOptions.environmentId, environmentOptions.name],
      set: row,
      setWhere: eq(environmentOptions.version, version - 1),
    })
    .returning();
  if (claimed.length === 0) throw changedMeanwhile(undefined);
  await tx.insert(environmentOptionsVersion).values({ ...row, kind, restoredFrom, changes });
  await tx
    .delete(environmentOptionsVersion)
    .where(
      and(
        eq(environmentOptionsVersion.environmentId, environmentId),
        eq(environmentOptionsVersion.name, name),
        lte(environmentOptionsVersion.version, version - optionsLimits.versions),
      ),
    );
  await raiseEpoch(tx, environmentId);
  return { row, changed: changes.map(({ path }) => path) };
}

async function requireRoom(tx: Tx, environmentId: string): Promise<void> {
  const [counted] = await tx
    .select({ total: sql<number>`count(*)` })
    .from(environmentOptions)
    .where(eq(environmentOptions.environmentId, environmentId));
  if ((counted?.total ?? 0) < optionsLimits.sets) return;
  throw new DomainError("limit", `An environment has at most ${optionsLimits.sets} sets of options.`);
}

export const aboutOptions = (ctx: EnvironmentContext, name: string) => ({
  subject: { kind: "options", id: name, label: name },
  organizationId: ctx.organization.id,
  environmentId: ctx.environment.id,
});
