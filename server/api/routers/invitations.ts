import { acceptInvitation } from "@/server/domain/invitations/accept";
import { createInvitation } from "@/server/domain/invitations/create";
import { listInvitations } from "@/server/domain/invitations/list";
import { CreatedInvitation, InvitationPage, Revoked } from "@/server/domain/invitations/output";
import { previewInvitation } from "@/server/domain/invitations/preview";
import { revokeInvitation } from "@/server/domain/invitations/revoke";
import {
  CreateInvitation,
  InvitationTicket,
  ListInvitations,
  RevokeInvitation,
} from "@/server/domain/invitations/schema";
import { rest } from "@/server/api/rest/meta";
import { organizationProcedure, personProcedure, publicProcedure, router } from "@/server/api/trpc";

export const invitationsRouter = router({
  create: organizationProcedure
    .meta(
      rest("POST /organizations/{organization}/invitations", "Invite a person", {
        status: 201,
        honoursIdempotencyKey: true,
      }),
    )
    .input(CreateInvitation)
    .output(CreatedInvitation)
    .mutation(({ ctx, input }) => createInvitation(ctx, input)),
  list: organizationProcedure
    .meta(rest("GET /organizations/{organization}/invitations", "List invitations"))
    .input(ListInvitations)
    .output(InvitationPage)
    .query(({ ctx, input }) => listInvitations(ctx, input)),
  revoke: organizationProcedure
    .meta(rest("DELETE /organizations/{organization}/invitations/{invitation}", "Take an invitation back"))
    .input(RevokeInvitation)
    .output(Revoked)
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input)),
  preview: publicProcedure.input(InvitationTicket).query(({ ctx, input }) => previewInvitation(ctx, input)),
  accept: personProcedure.input(InvitationTicket).mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
});
