import { z } from "zod";
import { OperationReference } from "@/server/domain/operations/output";
import { operationStatuses } from "@/server/domain/operations/names";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { environmentRoles } from "@/server/kernel/roles";
import { driverKinds } from "@/server/domain/clusters/names";
import { PlacementStepOutput } from "@/server/domain/placement/output";
import { environmentStatuses, environmentTypes } from "./names";

const driver = z.enum(driverKinds);
const isolation = z.enum(["dedicated", "shared"]);

const identity = {
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  envType: z.enum(environmentTypes),
};

export const CreatedEnvironment = z
  .object({
    environment: z
      .object({ ...identity, status: z.literal("provisioning"), hostname: z.string() })
      .meta({ id: "NewEnvironment" }),
    operation: OperationReference,
  })
  .meta({ id: "CreatedEnvironment" });

const standing = {
  ...identity,
  status: z.enum(environmentStatuses),
  region: z.string(),
  isDefault: z.boolean(),
  isProtected: z.boolean(),
  hostname: z.string(),
  createdAt: Moment,
  purgeAt: Moment.nullable().describe("When a deleted one is gone for good; until then it can be recovered."),
};

const limits = {
  storageLimitMb: z.number().int().describe("In MB of 1024 × 1024 bytes."),
  rowLimit: z
    .number()
    .int()
    .nullable()
    .describe("The most rows that it may have in its pool; null: as many as there is storage for."),
  rowCount: z
    .number()
    .int()
    .nullable()
    .describe("Its rows when the pool was last measured; null before, and for a database of its own."),
};

const isOverLimit = z
  .boolean()
  .describe("Reads go on, writes are refused until it is back within its limits.");

export const EnvironmentPage = pageOutput(
  z
    .object({
      ...standing,
      driver,
      isolation,
      storageUsedBytes: z.number().int(),
      ...limits,
      lastOperation: z
        .object({
          id: z.uuid(),
          saga: z.string(),
          title: z.string(),
          status: z.enum(operationStatuses),
          createdAt: Moment,
          finishedAt: Moment.nullable(),
        })
        .nullable(),
    })
    .meta({ id: "EnvironmentSummary" }),
);

const PoolReference = z.object({ id: z.uuid(), slug: z.string() });

const Placement = z
  .object({
    isolation,
    driver,
    region: z.string(),
    cluster: z.object({ slug: z.string(), name: z.string() }),
    pool: PoolReference.nullable().describe(
      "The shared database that it has its rows in; null: it has its own.",
    ),
    why: z.array(PlacementStepOutput).describe("How its home was found, step by step."),
    databaseName: z.string(),
    storageUsedBytes: z.number().int(),
    ...limits,
    isOverLimit,
    lastAccessedAt: Moment.nullable(),
    provisionedAt: Moment.nullable(),
  })
  .meta({ id: "Placement" });

export const Environment = z
  .object({
    ...standing,
    organization: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
    description: z.string(),
    statusReason: z.string(),
    outOfService: z
      .object({ at: Moment, actor: z.string() })
      .nullable()
      .describe("Since when it is suspended, archived, failed or being deleted, and who did it."),
    recoveryDays: z
      .number()
      .int()
      .describe("For how many days it can be recovered after its deletion; 0: not at all."),
    updatedAt: Moment,
    role: z.enum(environmentRoles),
    placement: Placement,
    lastOperation: z.object({ id: z.uuid(), saga: z.string(), status: z.enum(operationStatuses) }).nullable(),
  })
  .meta({ id: "Environment" });

const Table = z.object({
  name: z.string(),
  rows: z.number().int(),
  rowsAreExact: z.boolean().describe("False when counting stopped early: there are at least this many rows."),
  system: z.boolean().describe("True for the tables that Freehold keeps in every database."),
});

export const EnvironmentDatabase = z
  .object({
    databaseName: z.string(),
    driver,
    isolation,
    region: z.string(),
    pool: PoolReference.nullable(),
    ...limits,
    isOverLimit,
    provisionedAt: Moment.nullable(),
    schemaVersion: z.number().int(),
    sizeBytes: z.number().int(),
    stamp: z.object({ tenant: z.string(), stampedAt: Moment }),
    tables: z.array(Table),
    tablesAreComplete: z.boolean(),
    engine: z.string(),
  })
  .meta({ id: "EnvironmentDatabase" });

export const Limits = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    organization: z.string(),
    isolation,
    driver,
    storageUsedBytes: z.number().int(),
    ...limits,
    isOverLimit,
  })
  .meta({ id: "EnvironmentLimits" });

export const DeletedEnvironment = z.object({
  operation: OperationReference.nullable().describe(
    "null while it can be recovered: nothing is destroyed yet.",
  ),
  recoverableUntil: Moment.nullable(),
});
export const RecoveredEnvironment = z.object({ status: z.literal("active") });
export const UpdatedEnvironment = z.object({ name: z.string(), description: z.string() });
export const ProtectedEnvironment = z.object({ isProtected: z.boolean() });
export const DefaultEnvironment = z.object({ isDefault: z.literal(true) });
export const SuspendedEnvironment = z.object({ status: z.literal("suspended") });
export const ResumedEnvironment = z.object({ status: z.literal("active") });
export const ArchivedEnvironment = z.object({ status: z.literal("archived") });
