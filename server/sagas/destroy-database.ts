import { requireUnregistered } from "@/server/domain/findings/require-unregistered";
import { environmentId } from "@/server/kernel/ids";
import { defineSaga } from "./saga";

export const destroyDatabase = defineSaga("destroy-database", {
  steps: {
    destroy: {
      kind: "effect",
      async run({ db, drivers, input }) {
        const driver = await drivers.of(input);
        const identity = { tenant: environmentId(input.tenant), databaseName: input.databaseName };
        // It may have been adopted between the order and now.
        await driver.dropDatabase(identity, () => requireUnregistered(db, input.databaseName));
        return { detail: input.databaseName };
      },
    },
  },
});
