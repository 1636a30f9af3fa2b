import { revealAdminUrl } from "@/server/sagas/reveal-admin-url";
import { isDomainError } from "@/server/kernel/errors";
import { openControlPlane } from "./control-plane";
import { note, print } from "./print";
import { Refused } from "./refused";

/** Prints the superuser's URL of a Postgres cluster where a pipe takes it. */
export async function adminUrl(slug: string, { database }: { database: string }): Promise<void> {
  const plane = await openControlPlane({ prepare: false, quiet: true });
  try {
    const url = await revealAdminUrl(plane.db, slug, database);
    note("This login may do everything there, and no fence holds it. The audit trail has that you asked.");
    print(url.reveal());
  } catch (error) {
    throw isDomainError(error) ? new Refused(error.message) : error;
  } finally {
    await plane.close();
  }
}
