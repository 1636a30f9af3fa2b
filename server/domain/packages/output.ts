import { z } from "zod";
import { environmentTypes } from "@/server/domain/environments/names";
import { OperationReference } from "@/server/domain/operations/output";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { engines } from "@/server/packages/content";
import { dataClasses } from "@/server/packages/manifest";
import { environmentPackageStatuses, packageVersionStatuses } from "./names";

const versionFacts = {
  version: z.string(),
  status: z.enum(packageVersionStatuses),
  checksum: z.string().describe("SHA-256 over the manifest and all files, in hex."),
  engines: z.array(z.enum(engines)),
  statementCount: z.number().int(),
  sizeBytes: z.number().int(),
  deprecationReason: z.string(),
  createdBy: z.string(),
  createdAt: Moment,
  publishedAt: Moment.nullable(),
};

export const PackageVersionOutput = z.object(versionFacts).meta({ id: "PackageVersion" });

export const PublishedPackage = z
  .object({
    package: z.string(),
    version: PackageVersionOutput,
    isNew: z.boolean().describe("False when the same content was there already."),
  })
  .meta({ id: "PublishedPackage" });

export const DeletedDraft = z.object({ deleted: z.literal(true) });

const facts = {
  id: z.uuid(),
  name: z.string(),
  schema: z.string(),
  ownerService: z.string(),
  description: z.string(),
  createdAt: Moment,
  updatedAt: Moment,
};

export const PackagePage = pageOutput(
  z.object({
    ...facts,
    newestVersion: z.string().nullable().describe("The newest that is published."),
    versionCount: z.number().int(),
    environmentCount: z.number().int().nullable().describe("For operators."),
  }),
);

export const PackageOutput = z
  .object({
    ...facts,
    createdBy: z.string(),
    versions: z.array(PackageVersionOutput).describe("The newest first; at most 200."),
    environments: z
      .object({
        installed: z.number().int(),
        installing: z.number().int(),
        failed: z.number().int(),
      })
      .nullable()
      .describe("For operators."),
  })
  .meta({ id: "Package" });

const File = z
  .object({
    file: z.string(),
    checksum: z.string(),
    statements: z.array(z.object({ sql: z.string(), line: z.number().int() })),
  })
  .meta({ id: "PackageFile" });

export const PackageContent = z
  .object({
    ...versionFacts,
    package: z.string(),
    schema: z.string(),
    tables: z
      .array(
        z.object({
          name: z.string(),
          isReference: z.boolean(),
          columns: z.array(z.object({ name: z.string(), dataClass: z.enum(dataClasses).nullable() })),
        }),
      )
      .describe("Empty for a package that is for Postgres only."),
    migrations: z.array(z.object({ name: z.string(), sqlite: File.nullable(), postgres: File.nullable() })),
  })
  .meta({ id: "PackageContent" });

export const PackagePlacePage = pageOutput(
  z.object({
    environmentId: z.uuid(),
    organization: z.string(),
    environment: z.string(),
    envType: z.enum(environmentTypes),
    status: z.enum(environmentPackageStatuses),
    desiredVersion: z.string(),
    observedVersion: z.string().nullable(),
    problem: z.string(),
    updatedAt: Moment,
  }),
);

export const InstalledPage = pageOutput(
  z.object({
    id: z.uuid(),
    package: z.string(),
    schema: z.string(),
    ownerService: z.string(),
    status: z.enum(environmentPackageStatuses),
    desiredVersion: z.string().describe("What the environment is to have."),
    observedVersion: z.string().nullable().describe("What was last seen there."),
    newestVersion: z.string().nullable(),
    problem: z.string().describe("Why the last installation failed."),
    operationId: z.uuid().nullable().describe("The installation that is under way."),
    observedAt: Moment.nullable(),
    updatedAt: Moment,
  }),
);

export const InstallPreview = z
  .object({
    package: z.string(),
    schema: z.string(),
    version: z.string(),
    from: z.string().nullable().describe("What is there already."),
    engine: z.enum(engines),
    files: z.array(File).describe("What would run, in its order."),
  })
  .meta({ id: "InstallPreview" });

export const OrderedInstall = z
  .object({
    package: z.string(),
    version: z.string(),
    from: z.string().nullable(),
    operation: OperationReference,
  })
  .meta({ id: "OrderedInstall" });
