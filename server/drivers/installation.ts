import { DomainError } from "@/server/kernel/errors";
import type { Engine, MigrationText, Release } from "@/server/packages/content";

/** `upgrading`: an earlier release is there whole, and the next one not yet. */
export const installationStatuses = ["installing", "upgrading", "installed"] as const;
export type InstallationStatus = (typeof installationStatuses)[number];

/** A package as a tenant's own database knows it. */
export interface Installation {
  package: string;
  /** The release that is there whole; while it is `installing`, the one that is on its way. */
  version: string;
  checksum: string;
  status: InstallationStatus;
  /** Why the last attempt stopped, in a sentence, or null. */
  problem: string | null;
  updatedAt: Date;
}

/** A file of a package that was applied, as the database's own journal has it. */
export interface Applied {
  file: string;
  checksum: string;
}

/** Of one package, what the database says of itself. */
export interface Standing {
  applied: readonly Applied[];
  installed: Pick<Installation, "version" | "checksum" | "status"> | null;
}

/** At most so many are listed. */
export const mostInstallations = 1_000;

/**
 * The files that are still to be applied. Throws `precondition` when the package is not for this
 * engine, when a file was applied with another content, or when the database has more than the release.
 */
export function pendingMigrations(
  release: Release,
  engine: Engine,
  applied: readonly Applied[],
): MigrationText[] {
  const texts = release.migrations.flatMap((migration) => migration[engine] ?? []);
  if (!release.engines.includes(engine) || texts.length !== release.migrations.length)
    throw new DomainError(
      "precondition",
      `${release.package} ${release.version} is not written for ${engine}.`,
    );
  const checksums = new Map(applied.map(({ file, checksum }) => [file, checksum]));
  for (const { file, checksum } of texts) {
    const found = checksums.get(file);
    if (found !== undefined && found !== checksum)
      throw new DomainError(
        "precondition",
        `${file} was applied to this database with another content. Publish the change as a new file.`,
      );
  }
  const known = new Set(texts.map(({ file }) => file));
  const stranger = applied.find(({ file }) => !known.has(file));
  if (stranger)
    throw new DomainError(
      "precondition",
      `The database has a newer release: ${stranger.file} is not part of ${release.version}.`,
    );
  const pending = texts.filter(({ file }) => !checksums.has(file));
  if (pending.length > 0 && pending[0] !== texts[texts.length - pending.length])
    throw new DomainError(
      "precondition",
      `${pending[0]?.file} was left out when later files were applied. The database's journal has been changed.`,
    );
  return pending;
}

/** True when the release is there whole and says so. */
export const isThere = (release: Release, { installed }: Standing): boolean =>
  installed?.status === "installed" &&
  installed.version === release.version &&
  installed.checksum === release.checksum;

/** A statement that the database refuses: a person has to mend it. */
export const refusedStatement = ({ file, line }: { file: string; line: number }, error: unknown) =>
  new DomainError(
    "precondition",
    `${file}, line ${line}: ${error instanceof Error ? error.message : String(error)}.`.replace(/\.\.$/, "."),
    { cause: error },
  );
