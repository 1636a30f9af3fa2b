import { rest } from "@/server/api/rest/meta";
import { operatorProcedure, router } from "@/server/api/trpc";
import { addService } from "@/server/domain/services/add";
import { listServices } from "@/server/domain/services/list";
import { AddedService, RevokedService, ServicePage } from "@/server/domain/services/output";
import { revokeService } from "@/server/domain/services/revoke";
import { AddService, ListServices, ServiceRef } from "@/server/domain/services/schema";

export const servicesRouter = router({
  add: operatorProcedure
    .meta(rest("POST /fleet/services", "Add a service", { status: 201 }))
    .input(AddService)
    .output(AddedService)
    .mutation(({ ctx, input }) => addService(ctx, input)),
  list: operatorProcedure
    .meta(rest("GET /fleet/services", "List services"))
    .input(ListServices)
    .output(ServicePage)
    .query(({ ctx, input }) => listServices(ctx, input)),
  revoke: operatorProcedure
    .meta(rest("DELETE /fleet/services/{service}", "Revoke a service's key"))
    .input(ServiceRef)
    .output(RevokedService)
    .mutation(({ ctx, input }) => revokeService(ctx, input)),
});
