import { z } from "zod";
import { OperationReference } from "@/server/domain/operations/output";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { findingKinds } from "./names";

const Finding = z
  .object({
    id: z.uuid(),
    kind: z.enum(findingKinds),
    driver: z.string(),
    clusterId: z.uuid().nullable(),
    poolId: z.uuid().nullable().describe("The pool that it is about."),
    cluster: z.object({ slug: z.string(), name: z.string() }).nullable(),
    databaseName: z.string(),
    tenant: z.string().nullable().describe("Whose stamp an orphan carries."),
    environmentId: z.uuid().nullable(),
    organizationId: z.uuid().nullable(),
    subject: z.string(),
    problem: z.string(),
    sizeBytes: z.number().int(),
    seenAt: Moment,
  })
  .meta({ id: "Finding" });

export const FindingPage = pageOutput(Finding).extend({
  checkedAt: Moment.nullable().describe("When registry and databases were compared; null: not yet."),
});

export const AdoptedDatabase = z.object({
  environment: z
    .object({ id: z.uuid(), slug: z.string(), organization: z.string() })
    .meta({ id: "AdoptedEnvironment" }),
  operation: OperationReference,
});
