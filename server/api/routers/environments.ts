import { archiveEnvironment } from "@/server/domain/environments/archive";
import { createEnvironment } from "@/server/domain/environments/create";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { getEnvironment } from "@/server/domain/environments/get";
import { getLimits } from "@/server/domain/environments/get-limits";
import { inspectEnvironment } from "@/server/domain/environments/inspect";
import { listEnvironments } from "@/server/domain/environments/list";
import { openEnvironmentAt } from "@/server/domain/environments/open";
import { previewEnvironment } from "@/server/domain/environments/preview";
import { protectEnvironment } from "@/server/domain/environments/protect";
import { purgeEnvironment } from "@/server/domain/environments/purge";
import { recoverEnvironment } from "@/server/domain/environments/recover";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { retryEnvironment } from "@/server/domain/environments/retry";
import {
  ArchivedEnvironment,
  CreatedEnvironment,
  DefaultEnvironment,
  DeletedEnvironment,
  Environment,
  EnvironmentDatabase,
  EnvironmentPage,
  Limits,
  ProtectedEnvironment,
  RecoveredEnvironment,
  ResumedEnvironment,
  SuspendedEnvironment,
  UpdatedEnvironment,
} from "@/server/domain/environments/output";
import {
  ArchiveEnvironment,
  CreateEnvironment,
  DeleteEnvironment,
  EnvironmentAddress,
  EnvironmentRef,
  ListEnvironments,
  PreviewEnvironment,
  ProtectEnvironment,
  SetLimits,
  SuspendEnvironment,
  UpdateEnvironment,
} from "@/server/domain/environments/schema";
import { setDefaultEnvironment } from "@/server/domain/environments/set-default";
import { setLimits } from "@/server/domain/environments/set-limits";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { updateEnvironment } from "@/server/domain/environments/update";
import { Ordered } from "@/server/domain/operations/output";
import { rest } from "@/server/api/rest/meta";
import {
  environmentProcedure,
  operatorProcedure,
  organizationProcedure,
  router,
  userProcedure,
} from "@/server/api/trpc";

export const environmentsRouter = router({
  create: organizationProcedure
    .meta(
      rest("POST /organizations/{organization}/environments", "Create an environment", {
        status: 202,
        honoursIdempotencyKey: true,
      }),
    )
    .input(CreateEnvironment)
    .output(CreatedEnvironment)
    .mutation(({ ctx, input }) => createEnvironment(ctx, input)),
  preview: organizationProcedure
    .input(PreviewEnvironment)
    .query(({ ctx, input }) => previewEnvironment(ctx, input)),
  list: organizationProcedure
    .meta(rest("GET /organizations/{organization}/environments", "List environments"))
    .input(ListEnvironments)
    .output(EnvironmentPage)
    .query(({ ctx, input }) => listEnvironments(ctx, input)),
  getAt: userProcedure
    .meta(rest("GET /organizations/{organization}/environments/{slug}", "Get an environment by its slug"))
    .input(EnvironmentAddress)
    .output(Environment)
    .query(async ({ ctx, input }) =>
      getEnvironment(await openEnvironmentAt(ctx, { ...input, environment: input.slug })),
    ),
  get: environmentProcedure
    .meta(rest("GET /environments/{environment}", "Get an environment"))
    .input(EnvironmentRef)
    .output(Environment)
    .query(({ ctx }) => getEnvironment(ctx)),
  inspect: environmentProcedure
    .meta(rest("GET /environments/{environment}/database", "Look into an environment's database"))
    .input(EnvironmentRef)
    .output(EnvironmentDatabase)
    .query(({ ctx }) => inspectEnvironment(ctx)),
  update: environmentProcedure
    .meta(rest("PATCH /environments/{environment}", "Rename or describe an environment"))
    .input(UpdateEnvironment)
    .output(UpdatedEnvironment)
    .mutation(({ ctx, input }) => updateEnvironment(ctx, input)),
  protect: environmentProcedure
    .meta(rest("POST /environments/{environment}/protect", "Protect an environment, or lift its protection"))
    .input(ProtectEnvironment)
    .output(ProtectedEnvironment)
    .mutation(({ ctx, input }) => protectEnvironment(ctx, input)),
  setDefault: environmentProcedure
    .meta(rest("POST /environments/{environment}/set-default", "Make an environment the default one"))
    .input(EnvironmentRef)
    .output(DefaultEnvironment)
    .mutation(({ ctx }) => setDefaultEnvironment(ctx)),
  getLimits: operatorProcedure
    .meta(rest("GET /environments/{environment}/limits", "Get what an environment may hold, and holds"))
    .input(EnvironmentRef)
    .output(Limits)
    .query(({ ctx, input }) => getLimits(ctx, input)),
  setLimits: operatorProcedure
    .meta(rest("PATCH /environments/{environment}/limits", "Set what an environment may hold"))
    .input(SetLimits)
    .output(Limits)
    .mutation(({ ctx, input }) => setLimits(ctx, input)),
  suspend: environmentProcedure
    .meta(rest("POST /environments/{environment}/suspend", "Suspend an environment"))
    .input(SuspendEnvironment)
    .output(SuspendedEnvironment)
    .mutation(({ ctx, input }) => suspendEnvironment(ctx, input)),
  resume: environmentProcedure
    .meta(rest("POST /environments/{environment}/resume", "Resume a suspended or archived environment"))
    .input(EnvironmentRef)
    .output(ResumedEnvironment)
    .mutation(({ ctx }) => resumeEnvironment(ctx)),
  archive: environmentProcedure
    .meta(rest("POST /environments/{environment}/archive", "Archive an environment"))
    .input(ArchiveEnvironment)
    .output(ArchivedEnvironment)
    .mutation(({ ctx, input }) => archiveEnvironment(ctx, input)),
  retry: environmentProcedure
    .meta(rest("POST /environments/{environment}/retry", "Retry what failed", { status: 202 }))
    .input(EnvironmentRef)
    .output(Ordered)
    .mutation(({ ctx }) => retryEnvironment(ctx)),
  delete: environmentProcedure
    .meta(rest("DELETE /environments/{environment}", "Delete an environment", { status: 202 }))
    .input(DeleteEnvironment)
    .output(DeletedEnvironment)
    .mutation(({ ctx, input }) => deleteEnvironment(ctx, input)),
  recover: environmentProcedure
    .meta(rest("POST /environments/{environment}/recover", "Recover a deleted environment"))
    .input(EnvironmentRef)
    .output(RecoveredEnvironment)
    .mutation(({ ctx }) => recoverEnvironment(ctx)),
  purge: environmentProcedure
    .meta(
      rest("POST /environments/{environment}/purge", "Delete a deleted environment for good", {
        status: 202,
      }),
    )
    .input(DeleteEnvironment)
    .output(Ordered)
    .mutation(({ ctx, input }) => purgeEnvironment(ctx, input)),
});
