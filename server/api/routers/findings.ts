import { rest } from "@/server/api/rest/meta";
import { operatorProcedure, router } from "@/server/api/trpc";
import { adoptOrphan } from "@/server/domain/findings/adopt";
import { checkFindings } from "@/server/domain/findings/check";
import { destroyOrphan } from "@/server/domain/findings/destroy";
import { listFindings } from "@/server/domain/findings/list";
import { AdoptedDatabase, FindingPage } from "@/server/domain/findings/output";
import { AdoptOrphan, DestroyOrphan, ListFindings } from "@/server/domain/findings/schema";
import { Ordered } from "@/server/domain/operations/output";
import { Nothing } from "@/server/kernel/page-input";

export const findingsRouter = router({
  list: operatorProcedure
    .meta(rest("GET /fleet/findings", "List what does not match between registry and databases"))
    .input(ListFindings)
    .output(FindingPage)
    .query(({ ctx, input }) => listFindings(ctx, input)),
  destroy: operatorProcedure
    .meta(
      rest("DELETE /fleet/findings/{finding}", "Destroy a database that no environment owns", {
        status: 202,
      }),
    )
    .input(DestroyOrphan)
    .output(Ordered)
    .mutation(({ ctx, input }) => destroyOrphan(ctx, input)),
  adopt: operatorProcedure
    .meta(
      rest("POST /fleet/findings/{finding}/adopt", "Make an environment of a database that no one owns", {
        status: 202,
      }),
    )
    .input(AdoptOrphan)
    .output(AdoptedDatabase)
    .mutation(({ ctx, input }) => adoptOrphan(ctx, input)),
  check: operatorProcedure
    .meta(rest("POST /fleet/findings/check", "Compare registry and databases", { status: 202 }))
    .input(Nothing)
    .output(Ordered)
    .mutation(({ ctx }) => checkFindings(ctx)),
});
