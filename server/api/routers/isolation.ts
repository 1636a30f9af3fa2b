import { rest } from "@/server/api/rest/meta";
import { operatorProcedure, router } from "@/server/api/trpc";
import { listIsolationFindings } from "@/server/domain/isolation/list-findings";
import { listRuns } from "@/server/domain/isolation/list-runs";
import { IsolationFindingPage, IsolationOverview, IsolationRunPage } from "@/server/domain/isolation/output";
import { isolationOverview } from "@/server/domain/isolation/overview";
import { ListIsolationFindings, ListPools, ListRuns } from "@/server/domain/isolation/schema";

export const isolationRouter = router({
  overview: operatorProcedure
    .meta(rest("GET /fleet/isolation", "List the pools and whether each keeps its tenants apart"))
    .input(ListPools)
    .output(IsolationOverview)
    .query(({ ctx, input }) => isolationOverview(ctx, input)),
  findings: operatorProcedure
    .meta(rest("GET /fleet/isolation/findings", "List what lints found in pools"))
    .input(ListIsolationFindings)
    .output(IsolationFindingPage)
    .query(({ ctx, input }) => listIsolationFindings(ctx, input)),
  runs: operatorProcedure
    .meta(rest("GET /fleet/isolation/runs", "List the runs of the linter and of the proof"))
    .input(ListRuns)
    .output(IsolationRunPage)
    .query(({ ctx, input }) => listRuns(ctx, input)),
});
