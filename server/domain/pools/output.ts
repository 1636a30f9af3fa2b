import { z } from "zod";
import { OperationReference } from "@/server/domain/operations/output";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { poolStates } from "./names";

const facts = {
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  clusterId: z.uuid(),
  databaseName: z.string(),
  state: z.enum(poolStates),
  stateReason: z.string(),
  capacity: z.number().int().nullable(),
  tenantCount: z.number().int(),
  createdAt: Moment,
  updatedAt: Moment,
};

const cluster = z.object({ id: z.uuid(), slug: z.string(), name: z.string(), region: z.string() });

export const Pool = z.object(facts).meta({ id: "Pool" });
export const PoolPage = pageOutput(z.object({ ...facts, cluster, packageCount: z.number().int() }));

export const PoolWithLoad = z
  .object({
    ...facts,
    cluster,
    storageUsedBytes: z.number(),
    byStatus: z.record(z.string(), z.number().int()).describe("Environments in it, by status."),
    packages: z.array(
      z.object({
        name: z.string(),
        desired: z.string(),
        observed: z.string().nullable(),
        status: z.enum(["installing", "installed", "failed"]),
        problem: z.string(),
        observedAt: Moment.nullable(),
        operationId: z.uuid().nullable().describe("The installation under way."),
      }),
    ),
    operation: OperationReference.nullable().describe("What is under way in it."),
  })
  .meta({ id: "PoolWithLoad" });

export const AddedPool = z.object({ pool: Pool, operation: OperationReference });

export const OrderedInPool = z.object({
  package: z.string(),
  version: z.string(),
  from: z.string().nullable().describe("The release that is there; null: none."),
  operation: OperationReference,
});
