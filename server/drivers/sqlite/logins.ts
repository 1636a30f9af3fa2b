import { randomBytes } from "node:crypto";
import { createClient, LibsqlError } from "@libsql/client/web";
import type { TenantDriver } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { Secret } from "@/server/kernel/secret";

type Logins = Pick<
  TenantDriver,
  | "mintSecret"
  | "installLogin"
  | "verifyLogin"
  | "revokeLogin"
  | "listLogins"
  | "suspendDatabase"
  | "resumeDatabase"
  | "address"
>;

/** How the data server says no to a login, as opposed to not now. */
const refusals = new Set(["AUTH_FAILED", "AUTH_EXPIRED", "TENANT_INACTIVE", "NOT_FOUND"]);
const done = () => Promise.resolve();

/**
 * Logins to files are the data server's matter, which asks the registry at once: what the
 * registry says is what holds, so nothing has to be installed anywhere.
 */
export function servedLogins(dataUrl: string): Logins {
  return {
    mintSecret: async () => new Secret(`fhd_${randomBytes(32).toString("base64url")}`),
    installLogin: done,
    async verifyLogin({ tenant, databaseName }, { secret }) {
      const client = createClient({ url: `${dataUrl}/${databaseName}/`, authToken: secret.reveal() });
      try {
        const { rows } = await client.execute("SELECT tenant_id FROM sys_stamp");
        if (rows[0]?.["tenant_id"] === tenant) return;
      } catch (error) {
        // One that is away is asked again; one that knows no such login will not come to know it.
        if (!(error instanceof LibsqlError && refusals.has(error.code))) throw error;
        throw new DomainError("precondition", "The data server does not take the new credential.", {
          cause: error,
        });
      } finally {
        client.close();
      }
      throw new DomainError("precondition", "The database belongs to another environment.");
    },
    revokeLogin: done,
    listLogins: () => Promise.resolve(null),
    suspendDatabase: done,
    resumeDatabase: done,
    address: ({ databaseName }) => ({ url: `${dataUrl}/${databaseName}/`, username: null }),
  };
}
