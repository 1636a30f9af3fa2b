import { z } from "zod";
import { environmentStatuses, environmentTypes } from "@/server/domain/environments/names";
import { verdicts, violationCodes } from "@/server/domain/violations/names";
import { Moment } from "@/server/kernel/page-output";

const ExplainedHint = z
  .object({
    source: z.string(),
    label: z.string(),
    saw: z.array(z.string()).describe("What it said, cut at 120 characters; never a token."),
    trusted: z.boolean(),
    because: z.string(),
    verdict: z.enum(verdicts),
    tenant: z.string().nullable(),
    place: z.string().nullable().describe("The tenant that it names, as organization/environment."),
    reason: z.string(),
  })
  .meta({ id: "ExplainedHint" });

const Step = z.object({
  kind: z.enum(["request", "fence", "rule", "preset", "cluster", "pool"]),
  label: z.string(),
  verdict: z.enum(["taken", "passed", "refused"]),
  reason: z.string(),
});

const Landing = z
  .object({
    tenant: z.object({
      id: z.uuid(),
      name: z.string(),
      environment: z.string(),
      envType: z.enum(environmentTypes),
      organization: z.string(),
      organizationName: z.string(),
      status: z.enum(environmentStatuses),
      statusReason: z.string(),
      hostname: z.string(),
      epoch: z.number().int(),
    }),
    placement: z.object({
      isolation: z.enum(["dedicated", "shared"]),
      driver: z.enum(["sqlite", "postgres", "turso"]),
      region: z.string(),
      cluster: z.object({ id: z.uuid(), slug: z.string() }),
      pool: z.object({ id: z.uuid(), slug: z.string() }).nullable(),
      steps: z.array(Step).describe("Why it landed there."),
    }),
    connection: z
      .object({
        url: z.string(),
        username: z.string().nullable().describe("Null where the secret alone says who it is."),
        scope: z.enum(["readonly", "readwrite", "admin"]),
        credential: z
          .object({
            id: z.uuid(),
            generation: z.number().int(),
            issuedAt: Moment,
            expiresAt: Moment.nullable(),
          })
          .nullable()
          .describe("Null until a service of this scope asks for the first time."),
      })
      .describe("What a service would be given, without the secret."),
    schemaVersions: z.array(z.object({ name: z.string(), version: z.string() })),
  })
  .meta({ id: "Landing" });

export const ExplainedRequest = z
  .object({
    request: z
      .object({ transport: z.string(), method: z.string(), path: z.string(), headers: z.array(z.string()) })
      .nullable()
      .describe("What was read: the path without its query, and the names of headers."),
    policy: z.object({ name: z.string(), order: z.array(z.string()) }),
    hints: z.array(ExplainedHint),
    resolved: z.object({ tenant: z.uuid(), decidedBy: z.string(), authenticated: z.boolean() }).nullable(),
    refusal: z
      .object({ code: z.enum(violationCodes), status: z.number().int(), message: z.string() })
      .nullable()
      .describe("What the client is told."),
    landing: Landing.nullable().describe("Also for a tenant that is refused because it serves nobody."),
    notes: z.array(z.string()),
  })
  .meta({ id: "ExplainedRequest" });
export type ExplainedRequest = z.infer<typeof ExplainedRequest>;
