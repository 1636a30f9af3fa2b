import { z } from "zod";
import type { JsonObject } from "@/sdk/options/json";
import { EnvironmentId } from "@/server/domain/environments/schema";
import { pageInput } from "@/server/kernel/page-input";
import { optionsMistake } from "./json-rules";
import { optionsLimits, optionsNameShape } from "./names";

export const OptionsName = z
  .string()
  .max(optionsLimits.nameLength, `A name has at most ${optionsLimits.nameLength} characters.`)
  .regex(
    optionsNameShape,
    "A name is made of lower-case letters and digits, joined by single dots or dashes, such as com.example.checkout.",
  );

/** Any JSON object that may be kept: not too large, not too deep, nothing that looks like a secret. */
const OptionsValue = z
  .unknown()
  .superRefine((value, check) => {
    const mistake = optionsMistake(value);
    if (!mistake) return;
    const where = mistake.path === "" ? "" : `${mistake.path}: `;
    check.addIssue({ code: "custom", message: `${where}${mistake.message}` });
  })
  .meta({ override: { type: "object", additionalProperties: true } })
  .describe(
    "A JSON object. What it does not name, or names as null, stays as the service's defaults have it.",
  );

const Reason = z
  .string()
  .trim()
  .max(500, "A reason has at most 500 characters.")
  .default("")
  .describe("Why; it stands in the history.");

const expectedVersion = z
  .number()
  .int()
  .min(0)
  .describe("The version that you have seen, 0 for none. When it is another by now, nothing is changed.");

const version = z.coerce.number().int().min(1, "Versions are counted from 1.").max(Number.MAX_SAFE_INTEGER);

export const ListOptions = z.strictObject({ environment: EnvironmentId, ...pageInput });
export type ListOptions = z.infer<typeof ListOptions>;

export const OptionsRef = z.strictObject({ environment: EnvironmentId, name: OptionsName });
export type OptionsRef = z.infer<typeof OptionsRef>;

export const OptionsVersionRef = z.strictObject({ environment: EnvironmentId, name: OptionsName, version });
export type OptionsVersionRef = z.infer<typeof OptionsVersionRef>;

export const ListOptionsHistory = z.strictObject({
  environment: EnvironmentId,
  name: OptionsName,
  ...pageInput,
  order: z.enum(["asc", "desc"]).default("desc"),
});
export type ListOptionsHistory = z.infer<typeof ListOptionsHistory>;

export const SetOptions = z.strictObject({
  environment: EnvironmentId,
  name: OptionsName,
  value: OptionsValue,
  expectedVersion,
  reason: Reason,
});
export type SetOptions = z.infer<typeof SetOptions>;

export const RestoreOptions = z.strictObject({
  environment: EnvironmentId,
  name: OptionsName,
  version: version.describe("The version that is put back, as a new one."),
  expectedVersion,
  reason: Reason,
});
export type RestoreOptions = z.infer<typeof RestoreOptions>;

export const ClearOptions = z.strictObject({
  environment: EnvironmentId,
  name: OptionsName,
  expectedVersion,
  reason: Reason,
});
export type ClearOptions = z.infer<typeof ClearOptions>;

/** What a service publishes of a set that it reads. */
export const PublishOptions = z.strictObject({
  schema: z
    .custom<JsonObject>((value) => typeof value === "object" && value !== null && !Array.isArray(value), {
      error: "A schema is a JSON object: a JSON Schema.",
    })
    .nullable()
    .default(null),
  defaults: OptionsValue,
});
export type PublishOptions = z.infer<typeof PublishOptions>;
