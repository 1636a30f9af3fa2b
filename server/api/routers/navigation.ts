import { landing } from "@/server/domain/navigation/landing";
import { listPlaces } from "@/server/domain/navigation/list-places";
import { locate } from "@/server/domain/navigation/locate";
import { Me } from "@/server/domain/navigation/output";
import { Location, SearchEverything, VisitEnvironment } from "@/server/domain/navigation/schema";
import { visitEnvironment } from "@/server/domain/navigation/visit";
import { rest } from "@/server/api/rest/meta";
import { environmentProcedure, router, userProcedure } from "@/server/api/trpc";
import { Nothing } from "@/server/kernel/page-input";

export const navigationRouter = router({
  me: userProcedure
    .meta(rest("GET /me", "Who the key acts as"))
    .input(Nothing)
    .output(Me)
    .query(({ ctx }) => ctx.user),
  landing: userProcedure
    .input(Nothing)
    .query(({ ctx }) => landing(ctx, ctx.identity?.activeEnvironmentId ?? null)),
  locate: userProcedure.input(Location).query(({ ctx, input }) => locate(ctx, input)),
  places: userProcedure.input(SearchEverything).query(({ ctx, input }) => listPlaces(ctx, input)),
  visit: environmentProcedure.input(VisitEnvironment).mutation(({ ctx }) => visitEnvironment(ctx)),
});
