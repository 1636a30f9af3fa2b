import { opendir } from "node:fs/promises";
import { join } from "node:path";
import { isDatabaseName } from "@/server/kernel/database-name";
import type { ListedDatabase } from "@/server/drivers/driver";
import { isDomainError } from "@/server/kernel/errors";
import { look, sidecarSuffixes, sizeOnDisk, type Layout } from "./layout";
import { blankPrefix, intendedName } from "./leftovers";
import { readDatabase } from "./read";

type Found = Omit<ListedDatabase, "sizeBytes" | "modifiedAt">;

/** Every file among the databases: databases, what remained of dropped ones, strangers, unpublished files. */
export async function* listFiles(layout: Layout): AsyncGenerator<ListedDatabase> {
  for await (const { name } of await opendir(layout.root)) {
    const path = join(layout.root, name);
    const found = path === layout.tmp ? null : await identifyEntry(layout, name);
    if (found) yield* withFacts(found, path);
  }
  for await (const { name } of await opendir(layout.tmp)) {
    if (name.startsWith(blankPrefix)) continue;
    const found = {
      databaseName: intendedName(name),
      tenant: null,
      isLeftover: true,
      problem: "Its creation did not finish.",
    };
    yield* withFacts(found, join(layout.tmp, name));
  }
}

/** Nothing when the file has gone in the meantime. */
function* withFacts(found: Found, path: string): Generator<ListedDatabase> {
  const there = look(path);
  if (there) yield { ...found, sizeBytes: sizeOnDisk(path), modifiedAt: there.mtime };
}

async function identifyEntry(layout: Layout, entry: string): Promise<Found | null> {
  const suffix = sidecarSuffixes.find((candidate) => entry.endsWith(`.db${candidate}`));
  const databaseName = entry.slice(0, entry.length - `.db${suffix ?? ""}`.length);
  if (!entry.endsWith(`.db${suffix ?? ""}`) || !isDatabaseName(databaseName)) {
    return {
      databaseName: entry,
      tenant: null,
      isLeftover: true,
      problem: "Freehold did not make this file.",
    };
  }
  if (!suffix) return { databaseName, isLeftover: false, ...(await identifyDatabase(layout, databaseName)) };
  if (look(join(layout.root, `${databaseName}.db`))) return null;
  return {
    databaseName,
    tenant: null,
    isLeftover: true,
    problem: "It remained when its database was dropped.",
  };
}

async function identifyDatabase(layout: Layout, databaseName: string) {
  try {
    const tenant = await readDatabase(layout, databaseName, (open) => open.tenant);
    return { tenant, problem: null };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { tenant: null, problem: error.message };
  }
}
