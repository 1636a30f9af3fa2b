import type { ApiOutputs } from "@/components/api/outputs";
import type { Tone } from "@/components/ui/tone";
import type { EnvironmentPackageStatus, PackageVersionStatus } from "@/server/domain/packages/names";

export type PackageDetail = ApiOutputs["packages"]["get"];
export type PackageVersion = PackageDetail["versions"][number];
export type PackageFile = ApiOutputs["packages"]["previewInstall"]["files"][number];
export type InstalledRow = ApiOutputs["packages"]["installed"]["items"][number];

export const packageDescription =
  "A package is the schema that a service owns: its migrations, in releases that never change.";

export const publishCommand = "freehold package publish examples/packages/students";

interface Look {
  tone: Tone;
  word: string;
  pulse?: true;
}

export const versionLooks: Record<PackageVersionStatus, Look & { meaning: string }> = {
  draft: { tone: "grey", word: "Draft", meaning: "It can be looked at, and not installed." },
  published: { tone: "green", word: "Published", meaning: "It can be installed." },
  deprecated: {
    tone: "amber",
    word: "Deprecated",
    meaning: "Where it is, it stays. Nobody installs it any more.",
  },
};

export const installLooks: Record<EnvironmentPackageStatus, Look> = {
  installing: { tone: "amber", word: "Installing", pulse: true },
  installed: { tone: "green", word: "Installed" },
  failed: { tone: "red", word: "Failed" },
};

/** The statements of a file as they run. */
export const sqlOf = ({ statements }: PackageFile) => statements.map(({ sql }) => `${sql};`).join("\n\n");
