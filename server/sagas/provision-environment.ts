import { activateEnvironment } from "@/server/domain/environments/activate";
import { markEnvironmentFailed } from "@/server/domain/environments/mark-failed";
import { isDomainError } from "@/server/kernel/errors";
import { environmentId } from "@/server/kernel/ids";
import { z } from "zod";
import { defineSaga, type StepContext } from "./saga";

const Database = z.object({ url: z.string() });
const Verified = z.object({ sizeBytes: z.number() });

const home = (ctx: StepContext<"provision-environment">) => ({
  tenant: environmentId(ctx.input.environmentId),
  databaseName: ctx.input.databaseName,
});

export const provisionEnvironment = defineSaga("provision-environment", {
  steps: {
    "create-database": {
      kind: "effect",
      cheap: true,
      async run(ctx) {
        const { url } = await ctx.drivers[ctx.input.driver].createDatabase(home(ctx));
        return { detail: ctx.input.databaseName, result: { url } };
      },
      async undo(ctx) {
        try {
          await ctx.drivers[ctx.input.driver].dropDatabase(home(ctx));
        } catch (error) {
          // Another tenant's database under this name: then there is none of this tenant's to take back.
          if (!isDomainError(error) || error.code !== "conflict") throw error;
        }
      },
    },
    "verify-database": {
      kind: "effect",
      cheap: true,
      async run(ctx) {
        const { schemaVersion, sizeBytes } = await ctx.drivers[ctx.input.driver].verifyDatabase(home(ctx));
        return { detail: `Stamp and system schema ${schemaVersion}`, result: { sizeBytes } };
      },
    },
    activate: {
      kind: "commit",
      async run(ctx, tx) {
        await activateEnvironment(tx, ctx, {
          environmentId: ctx.input.environmentId,
          databaseUrl: Database.parse(ctx.results.get("create-database")).url,
          sizeBytes: Verified.parse(ctx.results.get("verify-database")).sizeBytes,
        });
        return { detail: "Serves from now on" };
      },
    },
  },
  failed: (ctx, tx, reason) => markEnvironmentFailed(tx, ctx, ctx.input.environmentId, reason),
});
