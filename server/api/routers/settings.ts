import { getSettings } from "@/server/domain/settings/get";
import { getEntrance } from "@/server/domain/settings/entrance";
import { setRecoveryDays } from "@/server/domain/settings/set-recovery-days";
import { SetRecoveryDays, SetSignUpPolicy } from "@/server/domain/settings/schema";
import { setSignUpPolicy } from "@/server/domain/settings/set-sign-up-policy";
import { operatorProcedure, publicProcedure, router } from "@/server/api/trpc";
import { Nothing } from "@/server/kernel/page-input";

export const settingsRouter = router({
  entrance: publicProcedure.input(Nothing).query(({ ctx }) => getEntrance(ctx)),
  get: operatorProcedure.input(Nothing).query(({ ctx }) => getSettings(ctx)),
  setRecoveryDays: operatorProcedure
    .input(SetRecoveryDays)
    .mutation(({ ctx, input }) => setRecoveryDays(ctx, input)),
  setSignUp: operatorProcedure
    .input(SetSignUpPolicy)
    .mutation(({ ctx, input }) => setSignUpPolicy(ctx, input)),
});
