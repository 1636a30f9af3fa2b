import { findCredentialRow } from "@/server/domain/credentials/row";
import { retireCredential as record } from "@/server/domain/credentials/retire";
import { identityOf } from "./credential-steps";
import { defineSaga } from "./saga";

export const retireCredential = defineSaga("retire-credential", {
  steps: {
    "end-login": {
      kind: "effect",
      async run(ctx) {
        const { credentialId } = ctx.input;
        const driver = await ctx.drivers.of(ctx.input);
        const row = await findCredentialRow(ctx.db, credentialId);
        // Where ending one login ends them all, only a person's word does that: this one ends at its expiry.
        if (driver.revokes === "all" && row?.status !== "revoked")
          return { detail: "It ends at its expiry", result: { all: false } };
        await driver.revokeLogin(identityOf(ctx.input), credentialId);
        return {
          detail:
            driver.revokes === "all" ? "Every login of the database was ended" : "Its sessions are ended",
          result: { all: driver.revokes === "all" },
        };
      },
    },
    record: {
      kind: "commit",
      run: (ctx, tx) =>
        record(tx, ctx, {
          ...ctx.input,
          endedAll: JSON.stringify(ctx.results.get("end-login")) === '{"all":true}',
        }),
    },
  },
});
