import { checkFindings } from "@/server/domain/findings/check";
import { listFindings } from "@/server/domain/findings/list";
import { ListFindings } from "@/server/domain/findings/schema";
import { operatorProcedure, router } from "@/server/api/trpc";
import { Nothing } from "@/server/kernel/page-input";

export const findingsRouter = router({
  list: operatorProcedure.input(ListFindings).query(({ ctx, input }) => listFindings(ctx, input)),
  check: operatorProcedure.input(Nothing).mutation(({ ctx }) => checkFindings(ctx)),
});
