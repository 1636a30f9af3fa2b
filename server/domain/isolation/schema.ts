import { z } from "zod";
import { pageInput } from "@/server/kernel/page-input";
import { findingStates, runKinds, severities } from "./names";

const pool = z.string().min(1).max(63).optional().describe("The slug or id of one pool.");

export const ListPools = z.strictObject(pageInput);
export type ListPools = z.infer<typeof ListPools>;

export const ListIsolationFindings = z.strictObject({
  ...pageInput,
  pool,
  severity: z.enum(severities).optional(),
  state: z.enum(findingStates).default("open"),
});
export type ListIsolationFindings = z.infer<typeof ListIsolationFindings>;

export const ListRuns = z.strictObject({
  ...pageInput,
  order: z.enum(["asc", "desc"]).default("desc"),
  pool,
  kind: z.enum(runKinds).optional(),
});
export type ListRuns = z.infer<typeof ListRuns>;
