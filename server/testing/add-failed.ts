import { eq } from "drizzle-orm";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId, newId } from "@/server/kernel/ids";
import type { World } from "./world";

/** Puts another environment beside this one, whose provisioning has failed. Gives its id. */
export async function addFailed({ db }: World, beside: string): Promise<string> {
  const [row] = await db
    .select({ environment, database: environmentDatabase })
    .from(environment)
    .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
    .where(eq(environment.id, beside));
  if (!row) throw new Error(`There is no environment ${beside}.`);
  const id = newId();
  const hostname = `broken-${id}.localhost`;
  await db.insert(environment).values({ ...row.environment, id, slug: "broken", hostname, status: "failed" });
  const databaseName = databaseNameFor(environmentId(id));
  await db
    .insert(environmentDatabase)
    .values({ ...row.database, id: newId(), environmentId: id, databaseName });
  return id;
}
