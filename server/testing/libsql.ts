import { createClient } from "@libsql/client/web";
import type { Address, Login } from "@/server/drivers/driver";
import type { TestClient } from "@/server/drivers/logins.contract";

/** Logs in over the libSQL protocol, as a service would. */
export async function connectLibsql(
  { url }: Address,
  { secret }: Pick<Login, "secret">,
): Promise<TestClient> {
  const client = createClient({ url, authToken: secret.reveal() });
  return {
    query: async (sql) => (await client.execute(sql)).rows.map((row) => ({ ...row })),
    close: async () => client.close(),
  };
}
