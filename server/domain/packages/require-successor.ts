import { DomainError } from "@/server/kernel/errors";
import { engines, type Release } from "@/server/packages/content";

/** Throws `conflict` unless `next` begins with exactly the migrations of the release before it. */
export function requireSuccessor(before: Release, next: Release): void {
  for (const [index, known] of before.migrations.entries()) {
    const now = next.migrations[index];
    for (const engine of engines) {
      const was = known[engine];
      if (!was) continue;
      const is = now?.[engine];
      if (!is) throw broken(before, `${was.file} is missing`);
      if (is.file !== was.file) throw broken(before, `${was.file} is now ${is.file}`);
      if (is.checksum !== was.checksum) throw broken(before, `${was.file} has changed`);
    }
  }
}

const broken = ({ version }: Release, what: string) =>
  new DomainError(
    "conflict",
    `migrations/${what} since ${version}. What was published stays as it is: put the change into a new file.`,
  );
