import { LRUCache } from "lru-cache";
import { and, eq, sql } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environment } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import type { Db } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { newId } from "@/server/kernel/ids";
import { singleton } from "@/server/kernel/singleton";
import type { Service } from "./identify-service";

const delivered = () => singleton("delivered", () => new LRUCache<string, true>({ max: 100_000 }));

interface Delivery {
  tenant: string;
  credentialId: string;
}

/** One entry for the first time that a service gets a credential, on the tenant's own trail. */
export async function recordDelivery(
  db: Db,
  service: Service,
  { tenant, credentialId }: Delivery,
): Promise<void> {
  const key = `${service.id} ${credentialId}`;
  if (delivered().has(key)) return;
  delivered().set(key, true);
  const [known] = await db
    .select({ id: auditEntry.id })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.environmentId, tenant),
        eq(auditEntry.action, "credential.deliver"),
        eq(auditEntry.subjectId, credentialId),
        sql`${auditEntry.actorId} = ${service.id}`,
      ),
    )
    .limit(1);
  if (known) return;
  const [row] = await db
    .select({ organizationId: environment.organizationId })
    .from(environment)
    .where(eq(environment.id, tenant));
  if (!row) return;
  await withTransaction(db, (tx) =>
    appendAudit(
      tx,
      {
        actor: { kind: "service", id: service.id, label: service.name },
        requestId: newId(),
        door: "api",
        ip: null,
      },
      {
        action: "credential.deliver",
        subject: { kind: "credential", id: credentialId, label: `Services, ${service.credentialScope}` },
        organizationId: row.organizationId,
        environmentId: tenant,
      },
    ),
  );
}
