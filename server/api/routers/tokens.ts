import { rest } from "@/server/api/rest/meta";
import { environmentProcedure, router } from "@/server/api/trpc";
import { issueMemberToken } from "@/server/domain/tokens/issue";
import { IssuedToken } from "@/server/domain/tokens/output";
import { IssueToken } from "@/server/domain/tokens/schema";

export const tokensRouter = router({
  issue: environmentProcedure
    .meta(rest("POST /tokens", "Issue an access token", { status: 201 }))
    .input(IssueToken)
    .output(IssuedToken)
    .mutation(({ ctx, input }) => issueMemberToken(ctx, input)),
});
