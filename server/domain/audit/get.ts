import { and, eq } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { presentEntry } from "./present";
import type { AuditEntryRef } from "./schema";

/** One entry of the organization's chain with the hash that it continues. For its admins only. */
export async function getAuditEntry(ctx: OrganizationContext, input: AuditEntryRef) {
  requireOrganization(ctx, "audit.read");
  const [row] = await ctx.db
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.id, input.entry), eq(auditEntry.chain, ctx.organization.id)));
  if (!row) throw new DomainError("not_found", "There is no such entry in this organization's trail.");
  return { ...presentEntry(row), previousHash: row.previousHash };
}
