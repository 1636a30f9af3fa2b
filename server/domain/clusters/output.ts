import { z } from "zod";
import { OperationReference } from "@/server/domain/operations/output";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { clusterStates, driverKinds } from "./names";

const facts = {
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  driver: z.enum(driverKinds),
  region: z.string(),
  state: z.enum(clusterStates),
  stateReason: z.string(),
  capacity: z.number().int().nullable(),
  databaseCount: z.number().int(),
  labels: z.record(z.string(), z.string()),
  address: z.record(z.string(), z.string()),
  isBuiltIn: z.boolean(),
  hasSecret: z.boolean(),
  createdAt: Moment,
  updatedAt: Moment,
};

export const Cluster = z.object(facts).meta({ id: "Cluster" });
export const ClusterPage = pageOutput(z.object({ ...facts, storageUsedBytes: z.number() }));

export const ClusterWithLoad = z
  .object({
    ...facts,
    storageUsedBytes: z.number(),
    byStatus: z.record(z.string(), z.number().int()).describe("Environments on it, by status."),
    operation: OperationReference.nullable().describe("The test that is under way."),
  })
  .meta({ id: "ClusterWithLoad" });

export const AddedCluster = z.object({ cluster: Cluster, operation: OperationReference });
export const RemovedCluster = z.object({ removed: z.literal(true) });
