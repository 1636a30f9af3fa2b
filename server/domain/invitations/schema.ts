import { z } from "zod";
import { OrganizationRole } from "@/server/domain/members/schema";
import { pageInput } from "@/server/kernel/page-input";

const organization = z.string().min(1).max(63);

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "An address has at most 254 characters.")
  .pipe(z.email("This is not an e-mail address."));

export const CreateInvitation = z.strictObject({ organization, email: Email, role: OrganizationRole });
export type CreateInvitation = z.infer<typeof CreateInvitation>;

export const ListInvitations = z.strictObject({
  organization,
  ...pageInput,
  order: z.enum(["asc", "desc"]).default("desc"),
  status: z.enum(["pending", "accepted", "revoked", "expired"]).optional(),
});
export type ListInvitations = z.infer<typeof ListInvitations>;

export const RevokeInvitation = z.strictObject({ organization, invitation: z.uuid() });
export type RevokeInvitation = z.infer<typeof RevokeInvitation>;

/** What stands in the link. */
export const InvitationTicket = z.strictObject({ invitation: z.uuid(), token: z.string().min(20).max(100) });
export type InvitationTicket = z.infer<typeof InvitationTicket>;
