import { z } from "zod";
import { EnvironmentId } from "@/server/domain/environments/schema";
import { pageInput } from "@/server/kernel/page-input";
import { operationStatuses } from "./names";

export const OperationRef = z.strictObject({ operation: z.uuid() });
export type OperationRef = z.infer<typeof OperationRef>;

const newestFirst = {
  ...pageInput,
  order: z.enum(["asc", "desc"]).default("desc"),
  status: z.enum(operationStatuses).optional(),
};

export const ListFleetOperations = z.strictObject(newestFirst);
export type ListFleetOperations = z.infer<typeof ListFleetOperations>;

export const ListEnvironmentOperations = z.strictObject({ environment: EnvironmentId, ...newestFirst });
export type ListEnvironmentOperations = z.infer<typeof ListEnvironmentOperations>;
