import { createApiKey } from "@/server/domain/api-keys/create";
import { listApiKeys } from "@/server/domain/api-keys/list";
import { revokeApiKey } from "@/server/domain/api-keys/revoke";
import { CreateApiKey, RevokeApiKey } from "@/server/domain/api-keys/schema";
import { personProcedure, router } from "@/server/api/trpc";
import { Nothing } from "@/server/kernel/page-input";

export const apiKeysRouter = router({
  create: personProcedure.input(CreateApiKey).mutation(({ ctx, input }) => createApiKey(ctx, input)),
  list: personProcedure.input(Nothing).query(({ ctx }) => listApiKeys(ctx)),
  revoke: personProcedure.input(RevokeApiKey).mutation(({ ctx, input }) => revokeApiKey(ctx, input)),
});
