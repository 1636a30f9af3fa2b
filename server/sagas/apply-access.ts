import { findAccess } from "@/server/domain/environments/access";
import { identityOf } from "./credential-steps";
import { defineSaga } from "./saga";

export const applyAccess = defineSaga("apply-access", {
  steps: {
    apply: {
      kind: "effect",
      async run(ctx) {
        const driver = await ctx.drivers.of(ctx.input);
        // Another change may overtake this one: only what the registry says at the end counts.
        for (let access = await findAccess(ctx.db, ctx.input.environmentId); access;) {
          if (access.isOpen) await driver.resumeDatabase(identityOf(ctx.input));
          else await driver.suspendDatabase(identityOf(ctx.input));
          const now = await findAccess(ctx.db, ctx.input.environmentId);
          if (now?.epoch === access.epoch)
            return { detail: access.isOpen ? "Takes logins" : "Refuses logins, sessions are ended" };
          access = now;
        }
        return { detail: "The environment is gone" };
      },
    },
  },
});
