import { eq } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { appendAudit } from "@/server/audit/append";
import type { Db } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { systemActor } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { findClusterAccess } from "./cluster-access";

/**
 * The superuser's URL of a Postgres cluster, for `database`. For the command line of the machine
 * that has the keys; the fleet's trail has it before anybody sees it. Throws `not_found`, or
 * `precondition` for what is no Postgres.
 */
export async function revealAdminUrl(db: Db, slug: string, database: string): Promise<Secret> {
  const [row] = await db.select().from(cluster).where(eq(cluster.slug, slug));
  if (!row) throw new DomainError("not_found", `There is no cluster ${slug}.`);
  if (row.driver !== "postgres") throw new DomainError("precondition", `${slug} is no Postgres server.`);
  const { secret } = await findClusterAccess(db, row.id);
  if (!secret) throw new DomainError("precondition", `${slug} has no secret.`);
  const url = new URL(secret.reveal());
  url.pathname = `/${encodeURIComponent(database)}`;
  const from = { actor: systemActor, requestId: newId(), door: "cli" as const, ip: null };
  await withTransaction(db, (tx) =>
    appendAudit(tx, from, {
      action: "cluster.reveal",
      subject: { kind: "cluster", id: row.id, label: row.slug },
      detail: { database },
    }),
  );
  return new Secret(url.href);
}
