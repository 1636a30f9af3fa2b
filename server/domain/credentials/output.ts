import { z } from "zod";
import { driverKinds } from "@/server/domain/clusters/names";
import { environmentStatuses } from "@/server/domain/environments/names";
import { OperationReference } from "@/server/domain/operations/output";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { credentialAudiences, credentialScopes, credentialStatuses } from "./names";

const facts = z
  .object({
    id: z.uuid(),
    seriesId: z.uuid().describe("Stays the same through rotations."),
    generation: z.number().int(),
    audience: z.enum(credentialAudiences),
    name: z.string(),
    scope: z.enum(credentialScopes),
    status: z.enum(credentialStatuses),
    issuedAt: Moment,
    activatedAt: Moment.nullable(),
    expiresAt: Moment.nullable(),
    revokeAfter: Moment.nullable().describe("When a rotating one ends."),
    revokedAt: Moment.nullable(),
    revokeReason: z.string(),
    rotatedFrom: z.uuid().nullable(),
    rotateEveryDays: z.number().int().nullable(),
    lastUsedAt: Moment.nullable().describe("Sampled: to the minute."),
    createdBy: z.string(),
  })
  .meta({ id: "Credential" });

export const CredentialPage = pageOutput(facts);

const ConnectionOutput = z
  .object({ driver: z.enum(driverKinds), url: z.string(), username: z.string().nullable() })
  .meta({ id: "Connection" });

export const EnvironmentConnection = z
  .object({
    driver: z.enum(driverKinds),
    url: z.string(),
    databaseName: z.string(),
    hostUrl: z
      .string()
      .nullable()
      .describe("The same database by the environment's host name, where there is one."),
    tenant: z.uuid(),
    status: z.enum(environmentStatuses),
    revokesTogether: z
      .boolean()
      .describe("True where the database service ends all logins together: revoking one ends every one."),
    lastAccessedAt: Moment.nullable(),
  })
  .meta({ id: "EnvironmentConnection" });

export const IssuedCredential = z
  .object({
    credential: facts,
    operation: OperationReference,
    secret: z.string().nullable().describe("Shown in this answer and never again."),
    connection: ConnectionOutput,
  })
  .meta({ id: "IssuedCredential" });

export const RevokedCredential = z.object({ status: z.literal("revoked"), operation: OperationReference });
export const ScheduledRotation = z.object({ everyDays: z.number().int().nullable() });
