import { rest } from "@/server/api/rest/meta";
import { operatorProcedure, router } from "@/server/api/trpc";
import { Ordered } from "@/server/domain/operations/output";
import { addPool } from "@/server/domain/pools/add";
import { getPool } from "@/server/domain/pools/get";
import { installInPool } from "@/server/domain/pools/install";
import { listPools } from "@/server/domain/pools/list";
import { AddedPool, OrderedInPool, Pool, PoolPage, PoolWithLoad } from "@/server/domain/pools/output";
import { removePool } from "@/server/domain/pools/remove";
import { retryPool } from "@/server/domain/pools/retry";
import { AddPool, InstallInPool, ListPools, PoolRef, UpdatePool } from "@/server/domain/pools/schema";
import { setPoolState } from "@/server/domain/pools/set-state";
import { updatePool } from "@/server/domain/pools/update";

export const poolsRouter = router({
  add: operatorProcedure
    .meta(rest("POST /fleet/pools", "Create a pool on a Postgres cluster", { status: 202 }))
    .input(AddPool)
    .output(AddedPool)
    .mutation(({ ctx, input }) => addPool(ctx, input)),
  list: operatorProcedure
    .meta(rest("GET /fleet/pools", "List pools"))
    .input(ListPools)
    .output(PoolPage)
    .query(({ ctx, input }) => listPools(ctx, input)),
  get: operatorProcedure
    .meta(rest("GET /fleet/pools/{pool}", "Get a pool with its load and packages"))
    .input(PoolRef)
    .output(PoolWithLoad)
    .query(({ ctx, input }) => getPool(ctx, input)),
  update: operatorProcedure
    .meta(rest("PATCH /fleet/pools/{pool}", "Change a pool's name or capacity"))
    .input(UpdatePool)
    .output(Pool)
    .mutation(({ ctx, input }) => updatePool(ctx, input)),
  drain: operatorProcedure
    .meta(rest("POST /fleet/pools/{pool}/drain", "Keep new tenants out of a pool"))
    .input(PoolRef)
    .output(Pool)
    .mutation(({ ctx, input }) => setPoolState(ctx, input, "drain")),
  activate: operatorProcedure
    .meta(rest("POST /fleet/pools/{pool}/activate", "Put a draining pool back into use"))
    .input(PoolRef)
    .output(Pool)
    .mutation(({ ctx, input }) => setPoolState(ctx, input, "activate")),
  retry: operatorProcedure
    .meta(rest("POST /fleet/pools/{pool}/retry", "Try again to make a failed pool", { status: 202 }))
    .input(PoolRef)
    .output(Ordered)
    .mutation(({ ctx, input }) => retryPool(ctx, input)),
  install: operatorProcedure
    .meta(
      rest("PUT /fleet/pools/{pool}/packages/{package}", "Install a package for all tenants of a pool", {
        status: 202,
      }),
    )
    .input(InstallInPool)
    .output(OrderedInPool)
    .mutation(({ ctx, input }) => installInPool(ctx, input)),
  remove: operatorProcedure
    .meta(rest("DELETE /fleet/pools/{pool}", "Remove an empty pool with its database", { status: 202 }))
    .input(PoolRef)
    .output(Ordered)
    .mutation(({ ctx, input }) => removePool(ctx, input)),
});
