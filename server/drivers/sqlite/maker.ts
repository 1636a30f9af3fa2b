import type { Confirm, DatabaseIdentity, VerifiedDatabase } from "@/server/drivers/driver";
import { keepBlanks, type Blanks } from "./blanks";
import { createFile } from "./create";
import type { Layout } from "./layout";
import { rememberPublished } from "./published";
import { buildTemplate, type Template } from "./template";

/** Makes databases, with what it prepares for them and remembers of them. */
export interface Maker {
  create(identity: DatabaseIdentity, confirm?: Confirm): Promise<void>;
  /** What is known of a database that was made a moment ago and lies there untouched; otherwise null. */
  justMade(identity: DatabaseIdentity): VerifiedDatabase | null;
  close(): Promise<void>;
}

/** Builds its template at the first creation. */
export function databaseMaker(
  layout: Layout,
  { migrationsFolder, blankCount }: { migrationsFolder: string; blankCount: number },
): Maker {
  const published = rememberPublished(layout);
  let means: { template: Template; blanks: Blanks } | undefined;

  function prepare() {
    const template = buildTemplate(layout, migrationsFolder);
    return { template, blanks: keepBlanks(layout, { count: blankCount, bytes: template.sizeBytes }) };
  }

  return {
    async create(identity, confirm) {
      const { template, blanks } = (means ??= prepare());
      const makeBytes = () => template.bytesFor(identity.tenant, new Date());
      const bytes = await createFile(layout, identity, { makeBytes, blanks, confirm });
      if (bytes) published.add(identity, bytes);
      void blanks.refill();
    },
    justMade(identity) {
      if (!means || !published.isStill(identity)) return null;
      const { schemaVersion, sizeBytes } = means.template;
      return { schemaVersion, sizeBytes };
    },
    close: async () => means?.blanks.close(),
  };
}
