import { requireUnregistered } from "@/server/domain/findings/require-unregistered";
import { environmentId } from "@/server/kernel/ids";
import { defineSaga } from "./saga";

export const destroyDatabase = defineSaga("destroy-database", {
  steps: {
    destroy: {
      kind: "effect",
      async run({ db, drivers, input }) {
        // It may have been adopted between the order and now.
        await requireUnregistered(db, input.databaseName);
        const driver = await drivers.of(input);
        await driver.dropDatabase({ tenant: environmentId(input.tenant), databaseName: input.databaseName });
        return { detail: input.databaseName };
      },
    },
  },
});
