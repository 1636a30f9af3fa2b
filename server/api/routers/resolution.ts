import { rest } from "@/server/api/rest/meta";
import { operatorProcedure, router } from "@/server/api/trpc";
import { explainRequest } from "@/server/domain/resolution/explain";
import { findSamples } from "@/server/domain/resolution/find-samples";
import { ExplainedRequest } from "@/server/domain/resolution/output";
import { ExplainRequest } from "@/server/domain/resolution/schema";
import { Nothing } from "@/server/kernel/page-input";

export const resolutionRouter = router({
  // It changes nothing, and is a mutation so that a pasted token is never part of an address.
  explain: operatorProcedure
    .meta(rest("POST /resolve", "Explain which tenant a request belongs to, and why"))
    .input(ExplainRequest)
    .output(ExplainedRequest)
    .mutation(({ ctx, input }) => explainRequest(ctx, input)),
  samples: operatorProcedure.input(Nothing).query(({ ctx }) => findSamples(ctx)),
});
