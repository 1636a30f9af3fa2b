import { removeRegistration } from "@/server/domain/environments/remove-registration";
import { environmentId } from "@/server/kernel/ids";
import { defineSaga } from "./saga";

export const deleteEnvironment = defineSaga("delete-environment", {
  steps: {
    "drop-database": {
      kind: "effect",
      async run({ drivers, input }) {
        await drivers[input.driver].dropDatabase({
          tenant: environmentId(input.environmentId),
          databaseName: input.databaseName,
        });
        return { detail: input.databaseName };
      },
    },
    "remove-registration": {
      kind: "commit",
      run: (ctx, tx) => removeRegistration(tx, ctx, ctx.input.environmentId),
    },
  },
});
