export const packageVersionStatuses = ["draft", "published", "deprecated"] as const;
export type PackageVersionStatus = (typeof packageVersionStatuses)[number];

export const environmentPackageStatuses = ["installing", "installed", "failed"] as const;
export type EnvironmentPackageStatus = (typeof environmentPackageStatuses)[number];
