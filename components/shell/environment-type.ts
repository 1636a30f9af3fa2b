import type { EnvironmentType } from "@/server/domain/environments/names";

/** How each type is written in a pill, and in words. */
export const environmentLabels: Record<EnvironmentType, { short: string; long: string }> = {
  production: { short: "PROD", long: "Production" },
  staging: { short: "STG", long: "Staging" },
  sandbox: { short: "SBX", long: "Sandbox" },
  development: { short: "DEV", long: "Development" },
  test: { short: "TEST", long: "Test" },
  preview: { short: "PRE", long: "Preview" },
  trial: { short: "TRIAL", long: "Trial" },
};

/** The favicon of an environment's pages: the mark with a dot in the colour of the type. */
export function environmentIcon(type: EnvironmentType) {
  return `/icons/environment-${type}.svg`;
}
