import { StatusDot } from "@/components/ui/status-dot";
import type { EnvironmentPackageStatus } from "@/server/domain/packages/names";
import { installLooks, versionLooks, type PackageVersion } from "./package-words";

export function VersionStatusDot({ version }: { version: PackageVersion }) {
  const { tone, word, meaning } = versionLooks[version.status];
  return (
    <StatusDot tone={tone} title={version.deprecationReason || meaning}>
      {word}
    </StatusDot>
  );
}

export function InstallStatusDot({ status, problem }: { status: EnvironmentPackageStatus; problem: string }) {
  const { tone, word, pulse = false } = installLooks[status];
  return (
    <StatusDot tone={tone} pulse={pulse} title={problem || undefined}>
      {word}
    </StatusDot>
  );
}
