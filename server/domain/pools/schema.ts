import { z } from "zod";
import { Name, Slug } from "@/server/domain/environments/schema";
import { pageInput } from "@/server/kernel/page-input";
import { poolStates } from "./names";

const PoolId = z.uuid("This is not the id of a pool.");

const Capacity = z
  .number("Give a whole number.")
  .int("Give a whole number.")
  .min(0)
  .max(1_000_000, "A pool takes at most 1,000,000 tenants.")
  .nullable()
  .describe("The most tenants that it takes; null: no limit.");

export const AddPool = z.strictObject({
  name: Name,
  slug: Slug,
  cluster: z.uuid("This is not the id of a cluster.").describe("A Postgres cluster."),
  capacity: Capacity.default(null),
});
export type AddPool = z.infer<typeof AddPool>;

export const PoolRef = z.strictObject({ pool: PoolId });
export type PoolRef = z.infer<typeof PoolRef>;

export const UpdatePool = z.strictObject({
  pool: PoolId,
  name: Name.optional(),
  capacity: Capacity.optional(),
});
export type UpdatePool = z.infer<typeof UpdatePool>;

export const ListPools = z.strictObject({
  ...pageInput,
  sort: z.enum(["name", "tenants", "created"]).default("name"),
  state: z.enum(poolStates).optional(),
  cluster: z.uuid().optional(),
});
export type ListPools = z.infer<typeof ListPools>;

export const InstallInPool = z.strictObject({
  pool: PoolId,
  package: z.string().min(3).max(200).describe("The name of a package."),
  version: z.string().max(100).optional().describe("Left out: the newest published one."),
});
export type InstallInPool = z.infer<typeof InstallInPool>;
