import { getOperation } from "@/server/domain/operations/get";
import { countRunning, listEnvironmentOperations, listFleetOperations, listMyOperations } from "@/server/domain/operations/list";
import { ListEnvironmentOperations, ListFleetOperations, OperationRef } from "@/server/domain/operations/schema";
import { watchOperation } from "@/server/domain/operations/watch";
import { environmentProcedure, operatorProcedure, router, userProcedure } from "@/server/api/trpc";
import { Nothing } from "@/server/kernel/page-input";

export const operationsRouter = router({
  get: userProcedure.input(OperationRef).query(({ ctx, input }) => getOperation(ctx, input)),
  watch: userProcedure.input(OperationRef).subscription(({ ctx, input, signal }) => watchOperation(ctx, input, signal ?? new AbortController().signal)),
  list: environmentProcedure.input(ListEnvironmentOperations).query(({ ctx, input }) => listEnvironmentOperations(ctx, input)),
  listMine: userProcedure.input(ListFleetOperations).query(({ ctx, input }) => listMyOperations(ctx, input)),
  running: userProcedure.input(Nothing).query(({ ctx }) => countRunning(ctx)),
  listAll: operatorProcedure.input(ListFleetOperations).query(({ ctx, input }) => listFleetOperations(ctx, input)),
});
