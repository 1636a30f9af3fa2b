import { rest } from "@/server/api/rest/meta";
import { environmentProcedure, router } from "@/server/api/trpc";
import { clearOptions } from "@/server/domain/options/clear";
import { getOptions } from "@/server/domain/options/get";
import { getOptionsVersion } from "@/server/domain/options/get-version";
import { listOptions } from "@/server/domain/options/list";
import { listOptionsHistory } from "@/server/domain/options/list-history";
import {
  OptionsHistoryPage,
  OptionsOutput,
  OptionsPage,
  OptionsState,
  OptionsVersion,
} from "@/server/domain/options/output";
import { restoreOptions } from "@/server/domain/options/restore";
import {
  ClearOptions,
  ListOptions,
  ListOptionsHistory,
  OptionsRef,
  OptionsVersionRef,
  RestoreOptions,
  SetOptions,
} from "@/server/domain/options/schema";
import { setOptions } from "@/server/domain/options/set";

const all = "/environments/{environment}/options";

export const optionsRouter = router({
  list: environmentProcedure
    .meta(rest(`GET ${all}`, "List the sets of options of an environment"))
    .input(ListOptions)
    .output(OptionsPage)
    .query(({ ctx, input }) => listOptions(ctx, input)),
  get: environmentProcedure
    .meta(rest(`GET ${all}/{name}`, "Get a set of options"))
    .input(OptionsRef)
    .output(OptionsOutput)
    .query(({ ctx, input }) => getOptions(ctx, input)),
  set: environmentProcedure
    .meta(rest(`PUT ${all}/{name}`, "Replace what an environment has otherwise than the defaults"))
    .input(SetOptions)
    .output(OptionsState)
    .mutation(({ ctx, input }) => setOptions(ctx, input)),
  clear: environmentProcedure
    .meta(rest(`POST ${all}/{name}/clear`, "Go back to the defaults"))
    .input(ClearOptions)
    .output(OptionsState)
    .mutation(({ ctx, input }) => clearOptions(ctx, input)),
  history: environmentProcedure
    .meta(rest(`GET ${all}/{name}/versions`, "List the versions of a set of options"))
    .input(ListOptionsHistory)
    .output(OptionsHistoryPage)
    .query(({ ctx, input }) => listOptionsHistory(ctx, input)),
  getVersion: environmentProcedure
    .meta(rest(`GET ${all}/{name}/versions/{version}`, "Get one version of a set of options"))
    .input(OptionsVersionRef)
    .output(OptionsVersion)
    .query(({ ctx, input }) => getOptionsVersion(ctx, input)),
  restore: environmentProcedure
    .meta(rest(`POST ${all}/{name}/restore`, "Put an earlier version of a set of options back"))
    .input(RestoreOptions)
    .output(OptionsState)
    .mutation(({ ctx, input }) => restoreOptions(ctx, input)),
});
