import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { foreseeVersion } from "./choose-version";
import { releaseOf } from "./internal";
import type { InstallPackage } from "./schema";

/** The exact statements that an installation would run, as far as the registry knows what is there. */
export async function previewInstall(ctx: EnvironmentContext, input: InstallPackage) {
  requireEnvironment(ctx, "package.install");
  const { owner, wanted, observed, engine } = await foreseeVersion(ctx.db, ctx.environment.id, input);
  const release = releaseOf(owner, wanted);
  const there = observed ? releaseOf(owner, observed).migrations.length : 0;
  return {
    package: owner.name,
    schema: owner.schema,
    version: wanted.version,
    from: observed?.version ?? null,
    engine,
    files: release.migrations.slice(there).flatMap((migration) => migration[engine] ?? []),
  };
}
