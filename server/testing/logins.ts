import { createClient } from "@libsql/client/web";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId } from "@/server/kernel/ids";
import type { World } from "./world";

/** Runs SQL in the environment's database at the world's data server, as who has this secret. */
export async function runAs(world: World, environment: string, secret: string | null, sql: string) {
  const url = `${world.dataUrl}/${databaseNameFor(environmentId(environment))}/`;
  const client = createClient({ url, authToken: secret ?? "" });
  try {
    return (await client.execute(sql)).rows.map((row) => ({ ...row }));
  } finally {
    client.close();
  }
}

/** Whether the secret opens the environment's database, or the code of the refusal. */
export async function tryLogin(world: World, environment: string, secret: string | null): Promise<string> {
  try {
    const [row] = await runAs(world, environment, secret, "select tenant_id from sys_stamp");
    return row?.["tenant_id"] === environment ? "opens" : "opens another one";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}
