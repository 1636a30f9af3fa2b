import { listMembers } from "@/server/domain/members/list";
import { listEnvironmentMembers } from "@/server/domain/members/list-environment";
import {
  EnvironmentMemberPage,
  EnvironmentMemberRole,
  MemberPage,
  MemberRole,
  Removed,
} from "@/server/domain/members/output";
import { removeMember } from "@/server/domain/members/remove";
import { removeEnvironmentMember } from "@/server/domain/members/remove-environment";
import {
  ListEnvironmentMembers,
  ListMembers,
  RemoveEnvironmentMember,
  RemoveMember,
  SetEnvironmentMember,
  SetMemberRole,
} from "@/server/domain/members/schema";
import { setEnvironmentMember } from "@/server/domain/members/set-environment";
import { setMemberRole } from "@/server/domain/members/set-role";
import { rest } from "@/server/api/rest/meta";
import { environmentProcedure, organizationProcedure, router } from "@/server/api/trpc";

export const membersRouter = router({
  list: organizationProcedure
    .meta(rest("GET /organizations/{organization}/members", "List members"))
    .input(ListMembers)
    .output(MemberPage)
    .query(({ ctx, input }) => listMembers(ctx, input)),
  setRole: organizationProcedure
    .meta(rest("PATCH /organizations/{organization}/members/{userId}", "Change a member's role"))
    .input(SetMemberRole)
    .output(MemberRole)
    .mutation(({ ctx, input }) => setMemberRole(ctx, input)),
  remove: organizationProcedure
    .meta(rest("DELETE /organizations/{organization}/members/{userId}", "Remove a member, or leave"))
    .input(RemoveMember)
    .output(Removed)
    .mutation(({ ctx, input }) => removeMember(ctx, input)),
  listEnvironment: environmentProcedure
    .meta(rest("GET /environments/{environment}/members", "List an environment's members"))
    .input(ListEnvironmentMembers)
    .output(EnvironmentMemberPage)
    .query(({ ctx, input }) => listEnvironmentMembers(ctx, input)),
  setEnvironment: environmentProcedure
    .meta(rest("PUT /environments/{environment}/members/{userId}", "Give a person a role in an environment"))
    .input(SetEnvironmentMember)
    .output(EnvironmentMemberRole)
    .mutation(({ ctx, input }) => setEnvironmentMember(ctx, input)),
  removeEnvironment: environmentProcedure
    .meta(
      rest(
        "DELETE /environments/{environment}/members/{userId}",
        "Take a person's role in an environment away",
      ),
    )
    .input(RemoveEnvironmentMember)
    .output(Removed)
    .mutation(({ ctx, input }) => removeEnvironmentMember(ctx, input)),
});
