import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Secret } from "@/server/kernel/secret";

/** The files below these directories that hold one of the secrets as it is. */
export function filesInClear(directories: readonly string[], secrets: readonly Secret[]): string[] {
  const files = directories.flatMap((directory) =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return files.filter((file) => {
    const bytes = readFileSync(file);
    return secrets.some((secret) => bytes.includes(secret.reveal()));
  });
}
