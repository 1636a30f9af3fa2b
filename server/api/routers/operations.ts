import { getOperation } from "@/server/domain/operations/get";
import {
  countRunning,
  listEnvironmentOperations,
  listFleetOperations,
  listMyOperations,
} from "@/server/domain/operations/list";
import { Operation, OperationPage } from "@/server/domain/operations/output";
import {
  ListEnvironmentOperations,
  ListFleetOperations,
  OperationRef,
} from "@/server/domain/operations/schema";
import { watchOperation } from "@/server/domain/operations/watch";
import { rest } from "@/server/api/rest/meta";
import { environmentProcedure, operatorProcedure, router, userProcedure } from "@/server/api/trpc";
import { Nothing } from "@/server/kernel/page-input";

export const operationsRouter = router({
  get: userProcedure
    .meta(rest("GET /operations/{operation}", "Get an operation with its steps"))
    .input(OperationRef)
    .output(Operation)
    .query(({ ctx, input }) => getOperation(ctx, input)),
  watch: userProcedure
    .input(OperationRef)
    .subscription(({ ctx, input, signal }) =>
      watchOperation(ctx, input, signal ?? new AbortController().signal),
    ),
  list: environmentProcedure
    .meta(rest("GET /environments/{environment}/operations", "List an environment's operations"))
    .input(ListEnvironmentOperations)
    .output(OperationPage)
    .query(({ ctx, input }) => listEnvironmentOperations(ctx, input)),
  listMine: userProcedure.input(ListFleetOperations).query(({ ctx, input }) => listMyOperations(ctx, input)),
  running: userProcedure.input(Nothing).query(({ ctx }) => countRunning(ctx)),
  listAll: operatorProcedure
    .meta(rest("GET /fleet/operations", "List all operations"))
    .input(ListFleetOperations)
    .output(OperationPage)
    .query(({ ctx, input }) => listFleetOperations(ctx, input)),
});
