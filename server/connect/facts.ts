import { z } from "zod";
import type { DatabaseFacts } from "@/server/drivers/driver";

/** Where the data plane answers the console. */
export const inspectPath = "/-/inspect";

export const InspectRequest = z.strictObject({
  tenant: z.uuid(),
  databaseName: z.string().max(100),
  clusterId: z.uuid(),
  poolId: z.uuid().nullable(),
});

/** What is inside a database, as it travels between the two processes. */
export const Facts: z.ZodType<DatabaseFacts> = z.strictObject({
  schemaVersion: z.number(),
  sizeBytes: z.number(),
  stamp: z.strictObject({ tenant: z.string(), stampedAt: z.coerce.date() }),
  tables: z.array(
    z.strictObject({ name: z.string(), rows: z.number(), rowsAreExact: z.boolean(), system: z.boolean() }),
  ),
  tablesAreComplete: z.boolean(),
  engine: z.string(),
});

/** A refusal that the console passes on as it is. */
export const Refusal = z.strictObject({
  code: z.enum(["precondition", "invalid", "conflict", "not_found"]),
  message: z.string(),
});
