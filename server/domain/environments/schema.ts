import { z } from "zod";
import { pageInput } from "@/server/kernel/page-input";
import { isolations } from "@/server/domain/placement/names";
import { driverKinds } from "@/server/domain/clusters/names";
import {
  environmentStatuses,
  environmentTypes,
  mostRows,
  mostStorageMb,
  regions,
  slugRefusal,
} from "./names";

export const Region = z.enum(regions, `Choose one of the regions: ${regions.join(", ")}.`);

export const EnvironmentTypeChoice = z.enum(
  environmentTypes,
  `Choose one of the types: ${environmentTypes.join(", ")}.`,
);

export const Slug = z
  .string()
  .superRefine((slug, check) => {
    const refusal = slugRefusal(slug);
    if (refusal) check.addIssue({ code: "custom", message: refusal });
  })
  .meta({ minLength: 1, maxLength: 63, pattern: "^[a-z0-9][a-z0-9-]*$" });

// Control characters and direction overrides could make one name look like another.
const unprintable = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

export const Name = z
  .string()
  .trim()
  .min(1, "Give it a name.")
  .max(255, "A name has at most 255 characters.")
  .refine(
    (name) => name.isWellFormed() && !unprintable.test(name),
    "A name must not contain control characters.",
  );

// Text in SQLite ends at a NUL, and a lone surrogate comes back as another character.
const isPlainText = (text: string) => text.isWellFormed() && !/[\p{Cc}--[\n\t]]/v.test(text);

export const Description = z
  .string()
  .trim()
  .max(2000, "A description has at most 2,000 characters.")
  .refine(isPlainText, "A description must not contain control characters.");

export const EnvironmentId = z.uuid("This is not an environment id.").lowercase();

const ClusterSlug = z
  .string()
  .min(1)
  .max(63)
  .describe("The slug of the cluster that it must land on. Operators only.");

const IsolationChoice = z
  .enum(isolations, "Choose dedicated or shared.")
  .optional()
  .describe("A database of its own, or rows in a pool. Left out, the placement policy decides.");

const PoolSlug = z
  .string()
  .min(1)
  .max(63)
  .describe("The slug of the pool that it must land in. Operators only.");

export const CreateEnvironment = z.strictObject({
  organization: z.string().min(1).max(63),
  name: Name,
  slug: Slug,
  envType: EnvironmentTypeChoice,
  region: Region.optional(),
  isolation: IsolationChoice,
  driver: z.enum(driverKinds, "Choose sqlite, postgres or turso.").optional(),
  cluster: ClusterSlug.optional(),
  pool: PoolSlug.optional(),
  description: Description.optional(),
});
export type CreateEnvironment = z.infer<typeof CreateEnvironment>;

export const ListEnvironments = z.strictObject({
  organization: z.string().min(1).max(63),
  ...pageInput,
  sort: z
    .enum(["name", "created", "status", "type", "default"])
    .default("name")
    .describe("`default` lists the default environment first, then by name."),
  type: z.enum(environmentTypes).optional(),
  status: z.enum(environmentStatuses).optional(),
});
export type ListEnvironments = z.infer<typeof ListEnvironments>;

/** What would be made of a new environment with this slug. */
export const PreviewEnvironment = z.strictObject({
  organization: z.string().min(1).max(63),
  slug: Slug,
  envType: z.enum(environmentTypes).default("development"),
  region: Region.optional(),
  isolation: IsolationChoice,
  driver: z.enum(driverKinds).optional(),
  cluster: ClusterSlug.optional(),
  pool: PoolSlug.optional(),
});
export type PreviewEnvironment = z.input<typeof PreviewEnvironment>;

export const EnvironmentRef = z.strictObject({ environment: EnvironmentId });
export type EnvironmentRef = z.infer<typeof EnvironmentRef>;

/** The two slugs of an environment; the organization may also be named by its id. */
export const EnvironmentAddress = z.strictObject({
  organization: z.string().min(1).max(63),
  slug: z.string().min(1).max(63),
});
export type EnvironmentAddress = z.infer<typeof EnvironmentAddress>;

export const UpdateEnvironment = z.strictObject({
  environment: EnvironmentId,
  name: Name.optional(),
  description: Description.optional(),
});
export type UpdateEnvironment = z.infer<typeof UpdateEnvironment>;

export const SetLimits = z.strictObject({
  environment: EnvironmentId,
  storageLimitMb: z
    .number("Give a whole number of MB.")
    .int("Give a whole number of MB.")
    .min(1, "The storage limit is at least 1 MB.")
    .max(mostStorageMb, "The storage limit is at most 10 TB.")
    .optional()
    .describe("In MB of 1024 × 1024 bytes; left out, it stays."),
  rowLimit: z
    .number("Give a whole number of rows.")
    .int("Give a whole number of rows.")
    .min(1, "The row limit is at least 1.")
    .max(mostRows, "The row limit is at most 1,000,000,000,000.")
    .nullable()
    .optional()
    .describe("The most rows in its pool; null takes the limit away; left out, it stays."),
});
export type SetLimits = z.infer<typeof SetLimits>;

const Reason = z
  .string()
  .trim()
  .max(500, "A reason has at most 500 characters.")
  .refine(isPlainText, "A reason must not contain control characters.");

export const SuspendEnvironment = z.strictObject({ environment: EnvironmentId, reason: Reason.default("") });
export type SuspendEnvironment = z.infer<typeof SuspendEnvironment>;

export const ArchiveEnvironment = z.strictObject({
  environment: EnvironmentId,
  reason: Reason.min(1, "Say why it is archived."),
});
export type ArchiveEnvironment = z.infer<typeof ArchiveEnvironment>;

export const ProtectEnvironment = z.strictObject({ environment: EnvironmentId, isProtected: z.boolean() });
export type ProtectEnvironment = z.infer<typeof ProtectEnvironment>;

export const DeleteEnvironment = z.strictObject({
  environment: EnvironmentId,
  /** Typed by a person to confirm; must equal the slug. */
  confirm: z.string("Confirm with the environment's slug.").max(63),
});
export type DeleteEnvironment = z.infer<typeof DeleteEnvironment>;
