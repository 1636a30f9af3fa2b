import { archiveEnvironment } from "@/server/domain/environments/archive";
import { createEnvironment } from "@/server/domain/environments/create";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { getEnvironment } from "@/server/domain/environments/get";
import { inspectEnvironment } from "@/server/domain/environments/inspect";
import { listEnvironments } from "@/server/domain/environments/list";
import { protectEnvironment } from "@/server/domain/environments/protect";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { retryEnvironment } from "@/server/domain/environments/retry";
import {
  ArchiveEnvironment,
  CreateEnvironment,
  DeleteEnvironment,
  EnvironmentRef,
  ListEnvironments,
  ProtectEnvironment,
  SuspendEnvironment,
  UpdateEnvironment,
} from "@/server/domain/environments/schema";
import { setDefaultEnvironment } from "@/server/domain/environments/set-default";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { updateEnvironment } from "@/server/domain/environments/update";
import { environmentProcedure, organizationProcedure, router } from "@/server/api/trpc";

export const environmentsRouter = router({
  create: organizationProcedure.input(CreateEnvironment).mutation(({ ctx, input }) => createEnvironment(ctx, input)),
  list: organizationProcedure.input(ListEnvironments).query(({ ctx, input }) => listEnvironments(ctx, input)),
  get: environmentProcedure.input(EnvironmentRef).query(({ ctx }) => getEnvironment(ctx)),
  inspect: environmentProcedure.input(EnvironmentRef).query(({ ctx }) => inspectEnvironment(ctx)),
  update: environmentProcedure.input(UpdateEnvironment).mutation(({ ctx, input }) => updateEnvironment(ctx, input)),
  protect: environmentProcedure.input(ProtectEnvironment).mutation(({ ctx, input }) => protectEnvironment(ctx, input)),
  setDefault: environmentProcedure.input(EnvironmentRef).mutation(({ ctx }) => setDefaultEnvironment(ctx)),
  suspend: environmentProcedure.input(SuspendEnvironment).mutation(({ ctx, input }) => suspendEnvironment(ctx, input)),
  resume: environmentProcedure.input(EnvironmentRef).mutation(({ ctx }) => resumeEnvironment(ctx)),
  archive: environmentProcedure.input(ArchiveEnvironment).mutation(({ ctx, input }) => archiveEnvironment(ctx, input)),
  retry: environmentProcedure.input(EnvironmentRef).mutation(({ ctx }) => retryEnvironment(ctx)),
  delete: environmentProcedure.input(DeleteEnvironment).mutation(({ ctx, input }) => deleteEnvironment(ctx, input)),
});
