import { getFleetMap } from "@/server/domain/fleet/map";
import { getFleetOverview } from "@/server/domain/fleet/overview";
import { operatorProcedure, router } from "@/server/api/trpc";
import { Nothing } from "@/server/kernel/page-input";

export const fleetRouter = router({
  overview: operatorProcedure.input(Nothing).query(({ ctx }) => getFleetOverview(ctx)),
  map: operatorProcedure.input(Nothing).query(({ ctx }) => getFleetMap(ctx)),
});
