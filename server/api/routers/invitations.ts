import { acceptInvitation } from "@/server/domain/invitations/accept";
import { createInvitation } from "@/server/domain/invitations/create";
import { listInvitations } from "@/server/domain/invitations/list";
import { previewInvitation } from "@/server/domain/invitations/preview";
import { revokeInvitation } from "@/server/domain/invitations/revoke";
import { CreateInvitation, InvitationTicket, ListInvitations, RevokeInvitation } from "@/server/domain/invitations/schema";
import { organizationProcedure, personProcedure, publicProcedure, router } from "@/server/api/trpc";

export const invitationsRouter = router({
  create: organizationProcedure.input(CreateInvitation).mutation(({ ctx, input }) => createInvitation(ctx, input)),
  list: organizationProcedure.input(ListInvitations).query(({ ctx, input }) => listInvitations(ctx, input)),
  revoke: organizationProcedure.input(RevokeInvitation).mutation(({ ctx, input }) => revokeInvitation(ctx, input)),
  preview: publicProcedure.input(InvitationTicket).query(({ ctx, input }) => previewInvitation(ctx, input)),
  accept: personProcedure.input(InvitationTicket).mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
});
