import { removeRegistration } from "@/server/domain/environments/remove-registration";
import { identityOf } from "./credential-steps";
import { defineSaga } from "./saga";

export const deleteEnvironment = defineSaga("delete-environment", {
  steps: {
    "drop-database": {
      kind: "effect",
      async run(ctx) {
        await (await ctx.drivers.of(ctx.input)).dropDatabase(identityOf(ctx.input), () => ctx.requireLease());
        return { detail: ctx.input.databaseName };
      },
    },
    "remove-registration": {
      kind: "commit",
      run: (ctx, tx) => removeRegistration(tx, ctx, ctx.input.environmentId),
    },
  },
});
