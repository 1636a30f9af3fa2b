import { isDeepStrictEqual } from "node:util";
import { eq, sql } from "drizzle-orm";
import { optionsDefinition } from "@/drizzle/control/schema/options";
import { service as serviceTable } from "@/drizzle/control/schema/services";
import { appendAudit } from "@/server/audit/append";
import type { Db, Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { mistakesIn, requireUsableSchema } from "@/server/domain/options/mistakes";
import { optionsLimits } from "@/server/domain/options/names";
import { PublishOptions } from "@/server/domain/options/schema";
import { DomainError } from "@/server/kernel/errors";
import type { Service } from "./identify-service";
import { requireOptionsName } from "./tenant-options";

/**
 * Keeps what a service says of a set that it reads, so that people see its fields and defaults.
 * The same again changes nothing: every instance of a service publishes when it starts. Throws
 * `invalid`, `limit`, and `conflict` when another service has published a set of that name.
 */
export async function publishOptions(
  db: Db,
  { service, requestId }: { service: Service; requestId: string },
  name: string,
  body: unknown,
): Promise<{ name: string; changed: boolean }> {
  requireOptionsName(name);
  const { schema, defaults } = soundIn(body);
  return withTransaction(db, async (tx) => {
    const [before] = await tx.select().from(optionsDefinition).where(eq(optionsDefinition.name, name));
    if (before) await requireOwner(tx, before, service);
    else await requireRoom(tx);
    const isSame =
      before?.serviceId === service.id &&
      isDeepStrictEqual(before.schema, schema) &&
      isDeepStrictEqual(before.defaults, defaults);
    if (isSame) return { name, changed: false };
    const values = {
      schema,
      defaults,
      serviceId: service.id,
      serviceName: service.name,
      publishedAt: new Date(),
    };
    await tx
      .insert(optionsDefinition)
      .values({ name, ...values })
      .onConflictDoUpdate({ target: optionsDefinition.name, set: values });
    await appendAudit(
      tx,
      {
        actor: { kind: "service", id: service.id, label: service.name },
        requestId,
        door: "api",
        ip: null,
      },
      { action: "options.publish", subject: { kind: "options", id: name, label: name } },
    );
    return { name, changed: true };
  });
}

function soundIn(body: unknown): PublishOptions {
  const parsed = PublishOptions.safeParse(body);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: "" };
    throw new DomainError("invalid", `Send {schema, defaults}. ${path.join(".")}: ${message}`);
  }
  requireFitting(parsed.data);
  return parsed.data;
}

function requireFitting({ schema, defaults }: PublishOptions): void {
  if (schema === null) return;
  if (Buffer.byteLength(JSON.stringify(schema)) > optionsLimits.bytes)
    throw new DomainError("invalid", "A schema has at most 64 KB as JSON.", { field: "schema" });
  requireUsableSchema(schema);
  const [mistake] = mistakesIn(schema, defaults);
  if (!mistake) return;
  const { path, message } = mistake;
  throw new DomainError(
    "invalid",
    `The defaults do not fit the schema: ${path ? `${path}: ` : ""}${message}`,
    {
      field: "defaults",
    },
  );
}

async function requireRoom(tx: Tx): Promise<void> {
  const [counted] = await tx.select({ total: sql<number>`count(*)` }).from(optionsDefinition);
  if ((counted?.total ?? 0) < optionsLimits.published) return;
  throw new DomainError("limit", `Services publish at most ${optionsLimits.published} sets of options.`);
}

/** Its own, whichever key it comes with; or one whose service has been revoked. */
async function requireOwner(
  tx: Tx,
  before: typeof optionsDefinition.$inferSelect,
  service: Service,
): Promise<void> {
  if (before.serviceId === service.id || before.serviceName === service.name) return;
  const [owner] = await tx
    .select({ revokedAt: serviceTable.revokedAt })
    .from(serviceTable)
    .where(eq(serviceTable.id, before.serviceId));
  if (!owner || owner.revokedAt !== null) return;
  throw new DomainError("conflict", `${before.serviceName} has published options called ${before.name}.`);
}
