import { z } from "zod";
import { EnvironmentId } from "@/server/domain/environments/schema";
import { pageInput } from "@/server/kernel/page-input";
import { environmentPackageStatuses } from "./names";

const Named = z
  .string()
  .min(1, "Name a package.")
  .max(200)
  .describe("The package's name, such as com.example.students.");
const Version = z.string().min(1, "Name a version.").max(100).describe("Such as 1.4.0.");

export const PublishPackage = z.strictObject({
  files: z
    .array(z.strictObject({ path: z.string().min(1).max(300), text: z.string() }))
    .min(1, "Send the package's files.")
    .max(1000, "A package has at most 1,000 files.")
    .describe("freehold.package.json and migrations/*.sql."),
  draft: z.boolean().default(false).describe("True: it can be looked at and deleted, and not installed."),
});
export type PublishPackage = z.infer<typeof PublishPackage>;

export const ListPackages = z.strictObject({
  ...pageInput,
  sort: z.enum(["name", "updated"]).default("name"),
});
export type ListPackages = z.infer<typeof ListPackages>;

export const PackageRef = z.strictObject({ package: Named });
export type PackageRef = z.infer<typeof PackageRef>;

export const PackageVersionRef = z.strictObject({ package: Named, version: Version });
export type PackageVersionRef = z.infer<typeof PackageVersionRef>;

export const DeprecatePackage = z.strictObject({
  package: Named,
  version: Version,
  reason: z
    .string()
    .trim()
    .min(1, "Say why it should not be installed any more.")
    .max(500, "A reason has at most 500 characters."),
});
export type DeprecatePackage = z.infer<typeof DeprecatePackage>;

export const ListPackagePlaces = z.strictObject({
  package: Named,
  ...pageInput,
  status: z.enum(environmentPackageStatuses).optional(),
});
export type ListPackagePlaces = z.infer<typeof ListPackagePlaces>;

export const ListInstalled = z.strictObject({ environment: EnvironmentId, ...pageInput });
export type ListInstalled = z.infer<typeof ListInstalled>;

/** One package in one environment; without a version, the newest that is published. */
export const InstallPackage = z.strictObject({
  environment: EnvironmentId,
  package: Named,
  version: Version.optional(),
});
export type InstallPackage = z.infer<typeof InstallPackage>;
