import { z } from "zod";
import { EnvironmentId, Name } from "@/server/domain/environments/schema";
import { pageInput } from "@/server/kernel/page-input";
import { credentialScopes, credentialStatuses } from "./names";

const CredentialId = z.uuid("This is not the id of a credential.");
const Reason = z
  .string()
  .trim()
  .min(1, "Say why it is revoked.")
  .max(500, "A reason has at most 500 characters.");

const overlap = z
  .number()
  .int()
  .min(0, "An overlap has at least 0 seconds.")
  .max(7 * 24 * 3600, "An overlap has at most seven days.")
  .describe("How long the old secret goes on working beside the new one, in seconds.");

export const ListCredentials = z.strictObject({
  environment: EnvironmentId,
  ...pageInput,
  order: z.enum(["asc", "desc"]).default("desc"),
  status: z.enum(credentialStatuses).optional(),
});
export type ListCredentials = z.infer<typeof ListCredentials>;

export const IssueCredential = z.strictObject({
  environment: EnvironmentId,
  name: Name,
  scope: z.enum(credentialScopes, "Choose readonly, readwrite or admin."),
  days: z
    .number()
    .int()
    .min(1, "A credential lives at least one day.")
    .max(730, "A credential lives at most two years.")
    .nullable()
    .default(90)
    .describe("Days until it ends; null: until it is revoked."),
});
export type IssueCredential = z.infer<typeof IssueCredential>;

export const RotateCredential = z.strictObject({
  environment: EnvironmentId,
  credential: CredentialId,
  overlapSeconds: overlap.default(3600),
});
export type RotateCredential = z.infer<typeof RotateCredential>;

export const RevokeCredential = z.strictObject({
  environment: EnvironmentId,
  credential: CredentialId,
  reason: Reason,
});
export type RevokeCredential = z.infer<typeof RevokeCredential>;

export const ScheduleRotation = z.strictObject({
  environment: EnvironmentId,
  credential: CredentialId,
  everyDays: z
    .number()
    .int()
    .min(1, "Rotate at most once a day.")
    .max(730, "Rotate at least every two years.")
    .nullable()
    .describe("null: only when somebody asks for it."),
});
export type ScheduleRotation = z.infer<typeof ScheduleRotation>;
