import { listMembers } from "@/server/domain/members/list";
import { listEnvironmentMembers } from "@/server/domain/members/list-environment";
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
import { environmentProcedure, organizationProcedure, router } from "@/server/api/trpc";

export const membersRouter = router({
  list: organizationProcedure.input(ListMembers).query(({ ctx, input }) => listMembers(ctx, input)),
  setRole: organizationProcedure.input(SetMemberRole).mutation(({ ctx, input }) => setMemberRole(ctx, input)),
  remove: organizationProcedure.input(RemoveMember).mutation(({ ctx, input }) => removeMember(ctx, input)),
  listEnvironment: environmentProcedure.input(ListEnvironmentMembers).query(({ ctx, input }) => listEnvironmentMembers(ctx, input)),
  setEnvironment: environmentProcedure.input(SetEnvironmentMember).mutation(({ ctx, input }) => setEnvironmentMember(ctx, input)),
  removeEnvironment: environmentProcedure
    .input(RemoveEnvironmentMember)
    .mutation(({ ctx, input }) => removeEnvironmentMember(ctx, input)),
});
